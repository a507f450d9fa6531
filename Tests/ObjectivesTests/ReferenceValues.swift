import Foundation

/// Losses and gradients as TRL and PyTorch compute them; `Tests/Peers/make_objective_references.py` makes the file.
struct ReferenceValues: Decodable, Sendable {
    /// What a batch of rollouts comes to.
    struct Group: Decodable, Sendable {
        let loss: Double?
        let weights: [[Double]]
    }

    /// A pair of sequences with its derivatives.
    struct Pair: Decodable, Sendable {
        let chosen, chosenReference, rejected, rejectedReference: [Double]
        let chosenWeights, rejectedWeights: [Double]
    }

    /// Some pairs and their loss.
    struct Preference: Decodable, Sendable {
        let beta, likelihood, penalty, loss: Double
        let pairs: [Pair]
    }

    let advantages: [Double]
    let longest: Int
    /// Log-probabilities of six rollouts' tokens under the policy, the one before, one that is nearer, the one that sampled, and the reference.
    let policy, old, near, behaviour, reference: [[Double]]
    let groups: [String: Group]
    let preferences: [String: Preference]

    static let file = Result {
        let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/objectives.json")
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(ReferenceValues.self, from: Data(contentsOf: url))
    }
}
