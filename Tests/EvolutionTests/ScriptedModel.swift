import Evolution
import Problems
import Synchronization

/// A model whose replies a test writes; it notes what it was asked.
final class ScriptedModel: Sendable {
    /// The requests of each call.
    let calls = Mutex<[[ModelRequest]]>([])

    private let question: @Sendable (_ prompt: String, _ strategy: EvolutionStrategy, _ seed: UInt64) -> String
    private let solution: @Sendable (_ question: String, _ seed: UInt64) -> String

    init(
        question: @escaping @Sendable (_ prompt: String, _ strategy: EvolutionStrategy, _ seed: UInt64) -> String,
        solution: @escaping @Sendable (_ question: String, _ seed: UInt64) -> String
    ) {
        self.question = question
        self.solution = solution
    }

    var requests: [ModelRequest] { calls.withLock { $0.flatMap(\.self) } }

    func reply(_ requests: [ModelRequest]) -> [String] {
        calls.withLock { $0.append(requests) }
        return requests.map { request in
            switch request.purpose {
            case .question(let strategy): question(request.prompt, strategy, request.seed)
            case .solution(let question): solution(question, request.seed)
            }
        }
    }
}
