import Basics

/// Integers to be combined, two at a time and each used exactly once, until one is left that is the target.
///
/// A step takes two numbers away, given or computed ones, and puts one in their place: their sum, difference, product, or
/// quotient where that is an integer. No value may be beyond `largestValue` either way; negative ones may occur.
///
/// - Source: arXiv 2406.02100; papers.md section 3. The bound on values is ours.
public struct Puzzle: Hashable, Sendable {
    /// The numbers in rising order; at least one.
    public let numbers: [Int]
    /// What the last step must come to.
    public let target: Int

    /// The largest magnitude of any value.
    public static let largestValue = 1_000_000_000
    /// The most numbers that a question may have.
    public static let mostNumbers = 64

    /// Puts a puzzle together; it is not checked that it can be solved.
    public init(numbers: [Int], target: Int) {
        precondition((1...Self.mostNumbers).contains(numbers.count), "a puzzle of \(numbers.count) numbers")
        self.numbers = numbers.sorted()
        self.target = target
    }

    /// Reads a question, `3 6 7 51 58 -> 4`; nil if it is none, or has too many numbers, or one that is too large.
    public init?(question: some StringProtocol) {
        var scanner = LineScanner(Array(question.utf8)[...])
        var numbers: [Int] = []
        while numbers.count < Self.mostNumbers, let number = scanner.integer() { numbers.append(number) }
        guard !numbers.isEmpty, scanner.take("-"), scanner.take(">"), let target = scanner.integer(), scanner.isAtEnd,
            (numbers + [target]).allSatisfy({ abs($0) <= Self.largestValue })
        else { return nil }
        self.init(numbers: numbers, target: target)
    }

    /// The question. Two puzzles are the same puzzle exactly if it is the same.
    public var question: String { "\(numbers.map(String.init).joined(separator: " ")) -> \(target)" }

    /// The split that the puzzle belongs to, whatever the seed and the dials: a quarter are in the test split. Changing this
    /// moves problems that a policy was trained on into its test.
    var split: ProblemSplit {
        var hash = SeededGenerator(seed: 0, name: "puzzle/\(question)")
        return hash.next() % 4 == 0 ? .test : .train
    }
}
