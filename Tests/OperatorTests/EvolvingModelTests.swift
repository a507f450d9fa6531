import LanguageModel
import Problems
import Testing

@testable import Evolution
@testable import OperatorCore

@Suite struct `A model that evolves questions` {
    private let model = `Work on a model file`.model

    private func request(_ prompt: String, seed: UInt64, solving question: String? = nil, tokens: Int = 12)
        -> ModelRequest
    {
        ModelRequest(
            purpose: question.map { .solution(of: $0) } ?? .question(.changeNumbers), prompt: prompt, seed: seed,
            temperature: 1, maximumTokens: tokens)
    }

    @Test func `replies to each request as it would alone, in their order`() throws {
        let evolving = EvolvingModel(model, threadCount: 1, asksAsTaught: false)
        let requests = (0..<70).map { request("3+\($0)", seed: UInt64($0)) }
        let together = try evolving.replies(to: requests)
        #expect(together.count == 70 && Set(together).count > 35)
        #expect(try requests.map { try evolving.replies(to: [$0])[0] } == together)
        // Another seed, another reply.
        #expect(try evolving.replies(to: [request("3+0", seed: 99)])[0] != together[0])
    }

    @Test func `says nothing where the prompt does not fit, and goes on with the next`() throws {
        let evolving = EvolvingModel(model, threadCount: 1, asksAsTaught: false)
        let short = request("3+4", seed: 1)
        let replies = try evolving.replies(to: [request(String(repeating: "7", count: 200), seed: 2), short])
        #expect(replies[0] == "" && replies[1] != "")
        #expect(try evolving.replies(to: [short])[0] == replies[1])
    }

    /// A policy was taught on questions alone.
    @Test func `is asked by the question alone as it was taught, and only for solutions`() throws {
        let asTaught = EvolvingModel(model, threadCount: 1, asksAsTaught: true)
        let told = EvolvingModel(model, threadCount: 1, asksAsTaught: false)
        let solution = request("Solve: 3+4", seed: 1, solving: "3+4")
        let question = request("Solve: 3+4", seed: 1)
        #expect(try asTaught.replies(to: [solution]) == told.replies(to: [request("3+4", seed: 1)]))
        #expect(try asTaught.replies(to: [question]) == told.replies(to: [question]))
        #expect(try asTaught.replies(to: [solution]) != told.replies(to: [solution]))
    }

    @Test func `replies are no longer than asked for`() throws {
        let evolving = EvolvingModel(model, threadCount: 1, asksAsTaught: false)
        let (short, long) = try (
            evolving.replies(to: [request("3+4", seed: 1, tokens: 2)])[0],
            evolving.replies(to: [request("3+4", seed: 1, tokens: 12)])[0]
        )
        // Tokens are bytes here, and what is no UTF-8 becomes at most a character each.
        #expect((1...2).contains(short.unicodeScalars.count) && (3...12).contains(long.unicodeScalars.count))
    }
}
