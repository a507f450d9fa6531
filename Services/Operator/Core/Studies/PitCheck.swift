import Credit
import Problems
import Tokenization
import Wire

/// Holds pits that were found by sampling against exact values, where there are some: those of puzzles.
///
/// A pit is false if the target can still be reached after it: with K continuations that happens with probability (1 − p)^K where one
/// succeeds with probability p.
struct PitCheck {
    private let tokenizer: Tokenizer
    /// Pairs whose pit could be checked.
    private(set) var checkedCount = 0
    /// Those of them whose pit is none.
    private(set) var falseCount = 0

    init(_ tokenizer: Tokenizer) { self.tokenizer = tokenizer }

    /// Checks a pair, whose rejected arm ends with the pit in every layout of pits.
    mutating func add(_ experience: Experience) throws {
        guard experience.kind == .preferencePair, PairLayout(rawValue: experience.layout) != nil else { return }
        let tokens = (experience.contextTokens + experience.rejectedTokens).map { Token(bitPattern: $0) }
        let text = tokenizer.decode(tokens)
        // A model with a template for chats has more in its prompts than the question, and is not checked.
        guard let end = text.firstIndex(of: "\n"), let puzzle = Puzzle(question: text[..<end]),
            puzzle.numbers.count <= PuzzleValue.mostNumbers
        else { return }
        var value = PuzzleValue(target: puzzle.target)
        checkedCount += 1
        if try value.firstPit(of: text[text.index(after: end)...], puzzle: puzzle) == nil { falseCount += 1 }
    }
}
