/// Computes tokens' log-probabilities under one model: a frozen reference policy, or the `score` of a text.
///
/// Keeps its threads and its memory from batch to batch. Not `Sendable`; one caller at a time.
public final class Scorer {
    /// The model that is asked.
    public let model: Model
    private let pass: ForwardPass

    /// - Parameter threadCount: threads to compute with, the caller's among them; 1 or more.
    public init(model: Model, threadCount: Int) {
        self.model = model
        pass = ForwardPass(
            Transformer(shape: model.shape, parameters: model.parameters, threadCount: threadCount), keeping: .nothing)
    }

    /// The natural log-probability of every target token given the tokens before it, one array a sequence.
    ///
    /// The numbers do not depend on the packing or the thread count, and equal those of decoding and training to the
    /// bit on one kernel set.
    /// - Throws: `invalidBatch`.
    public func logProbabilities(of batch: PackedBatch) throws(LanguageModelError) -> [[Float]] {
        try batch.check(against: model.shape)
        return batch.split(pass.logProbabilities(Rows(batch), batch.headPositions))
    }
}
