internal import Basics
import Tokenization

/// One rollout while it is decoded.
///
/// A class, because tasks on several threads advance different ones in place.
final class Continuation {
    let request: Int
    let index: Int
    /// Prompt and continuation together may have this many tokens.
    let limit: Int
    let promptCount: Int
    /// The blocks of its keys and values; the first may be shared with other rollouts of the prompt.
    var table: [Int32]
    /// The token whose row is computed next, and its position.
    private(set) var input: Token
    private(set) var position: Int
    private(set) var tokens: [Token] = []
    private(set) var logProbabilities: [Float] = []
    private(set) var finish: DecodedRollout.Finish?
    private var choice: TokenChoice
    private var generator: SeededGenerator

    init(request: Int, index: Int, asked: RolloutRequest, contextLength: Int, table: [Int32]) {
        self.request = request
        self.index = index
        self.table = table
        promptCount = asked.prompt.count
        limit = min(contextLength, asked.prompt.count + asked.settings.maximumNewTokens)
        input = asked.prompt[asked.prompt.count - 1]
        position = asked.prompt.count - 1
        choice = TokenChoice(asked.settings)
        generator = SeededGenerator(seed: asked.seeds[index], name: "tokens")
    }

    /// Draws the next token from its logits.
    func advance(_ logits: UnsafeBufferPointer<Float>, logSum: Float, _ kernels: Kernels, isEnd: (Token) -> Bool) {
        let token = choice.draw(logits, &generator, kernels)
        tokens.append(token)
        logProbabilities.append(logits[Int(token)] - logSum)
        input = token
        position += 1
        if !choice.settings.ignoresEndOfSequence, isEnd(token) {
            finish = .endOfSequence
        } else if promptCount + tokens.count >= limit {
            finish = .length
        }
    }
}
