/// Computes tokens' log-probabilities under one model: a frozen reference policy, or the `score` of a text.
///
/// Keeps its threads and its memory from batch to batch. Not `Sendable`; one caller at a time.
public final class Scorer {
    /// The model that is asked.
    public let model: Model
    private let pass: ForwardPass

    /// - Parameters:
    ///   - precision: of the products' operands.
    ///   - threadCount: threads to compute with, the caller's among them; 1 or more.
    public convenience init(model: Model, precision: Precision = .fp32, threadCount: Int) {
        self.init(model: model, precision: precision, threadCount: threadCount, kernels: .best)
    }

    init(model: Model, precision: Precision, threadCount: Int, kernels: Kernels) {
        self.model = model
        // Batches have rows enough to pack on the way, and the file's pages stay the only copy; int8 takes longer to pack.
        pass = ForwardPass(
            Transformer(
                shape: model.shape, parameters: model.parameters, precision: precision,
                packing: precision == .int8 ? .once(file: nil) : .onTheWay, threadCount: threadCount, kernels: kernels),
            keeping: .nothing)
    }

    /// The natural log-probability of every target token given the tokens before it, one array a sequence.
    ///
    /// The numbers do not depend on the packing or the thread count, and equal those of decoding and training with the
    /// same precision to the bit.
    /// - Throws: `invalidBatch`.
    public func logProbabilities(of batch: PackedBatch) throws(LanguageModelError) -> [[Float]] {
        try batch.check(against: model.shape)
        return batch.split(pass.logProbabilities(PackedRows(batch)))
    }
}
