public import Evolution
public import LanguageModel
import Tokenization

/// A model file that writes new questions and solves them.
public struct EvolvingModel: Sendable {
    private let model: Model
    private let threadCount: Int
    private let asksAsTaught: Bool

    private static let slotCount = 64

    /// Takes a model.
    ///
    /// - Parameters:
    ///   - threadCount: threads to compute with.
    ///   - asksAsTaught: whether a solution is asked for by the question alone, as policies are taught, and not with instructions.
    public init(_ model: Model, threadCount: Int, asksAsTaught: Bool) {
        self.model = model
        self.threadCount = threadCount
        self.asksAsTaught = asksAsTaught
    }

    /// One reply for each request, in their order; an empty one where the prompt does not fit the model's context.
    ///
    /// - Throws: `LanguageModelError` if a request's settings are out of their ranges.
    public func replies(to requests: [ModelRequest]) throws -> [String] {
        let batch = ContinuousBatch(model: model, slotCount: Self.slotCount, threadCount: threadCount)
        let tokenizer = model.tokenizer
        var places: [Int: Int] = [:]
        for (place, request) in requests.enumerated() {
            let settings = try DecodingSettings(
                temperature: Float(request.temperature), maximumNewTokens: request.maximumTokens)
            let prompt = tokenizer.prompt(for: text(of: request))
            guard prompt.count < model.shape.contextLength else { continue }
            places[try batch.submit(RolloutRequest(prompt: prompt, seeds: [request.seed], settings: settings))] = place
        }
        var replies = Array(repeating: "", count: requests.count)
        while !batch.isEmpty {
            for rollout in batch.step() {
                if let place = places[rollout.request] { replies[place] = tokenizer.decode(rollout.tokens) }
            }
        }
        return replies
    }

    private func text(of request: ModelRequest) -> String {
        if asksAsTaught, case .solution(let question) = request.purpose { return question }
        return request.prompt
    }
}
