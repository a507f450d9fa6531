/// What an objective says of one pack of experience: a loss, and how the learner's backward pass is to weight each
/// token.
///
/// Losses, weights and metrics of the packs of one batch add up to those of the batch, because each objective is told
/// the size of the whole batch.
public struct Evaluation<Weights: Sendable, Metrics: Sendable>: Sendable {
    /// The pack's share of the batch's loss, which the learner minimises; in nats.
    public let loss: Double
    /// For each target token the derivative of the batch's loss by the token's log-probability under the policy, in the
    /// order and shape of the input.
    public let weights: Weights
    /// Sums to watch; they have no influence on training.
    public let metrics: Metrics
}
