import Tokenization

/// Trains one model: gradients from packed batches, then updates.
///
/// Keeps its threads and its memory from batch to batch. Not `Sendable`; one caller at a time.
public final class Trainer {
    /// The model's sizes.
    public let shape: ModelShape
    /// The optimiser's settings; a change holds from the next update on.
    public var settings: AdamW
    let tokenizer: Tokenizer
    let name: String
    let transformer: Transformer
    /// What is trained instead of the parameters, and the frozen parameters that it changes; nil when all are trained.
    let adapted: (adapter: Adapter, base: Model)?
    let state: AdamWState
    private let pass: ForwardPass
    private let gradients: Gradients

    /// Starts from a model, which is copied.
    ///
    /// - Parameters:
    ///   - adapter: what is trained instead of the model's own parameters, which then stay as they are; nil for those.
    ///     The model is kept, not copied, beside the weights in use.
    ///   - recomputesActivations: whether the backward pass computes each layer's inner values again rather than keep
    ///     them: the same numbers with a fraction of the memory, for about a third more time.
    ///   - precision: of the products' operands, 32 or 16 bits; parameters, gradients and sums have 32 in either.
    ///   - threadCount: threads to compute with, the caller's among them; 1 or more. Results do not depend on it.
    public convenience init(
        model: Model, settings: AdamW, adapter: Adapter? = nil, recomputesActivations: Bool = false,
        precision: Precision = .fp32, threadCount: Int
    ) {
        self.init(
            model: model, settings: settings, adapter: adapter, recomputesActivations: recomputesActivations,
            precision: precision, threadCount: threadCount, kernels: .best)
    }

    init(
        model: Model, settings: AdamW, adapter: Adapter? = nil, recomputesActivations: Bool = false,
        precision: Precision, threadCount: Int, kernels: Kernels
    ) {
        precondition(precision != .int8, "training has no int8 products")
        precondition(adapter.map { $0.shape == model.shape } ?? true, "an adapter of another shape")
        shape = model.shape
        tokenizer = model.tokenizer
        name = model.name
        self.settings = settings
        transformer = Transformer(
            shape: shape, parameters: FloatBuffer(copying: model.parameters), precision: precision,
            packing: .onTheWay, threadCount: threadCount, kernels: kernels)
        adapted = adapter.map { ($0, model) }
        state = AdamWState(
            count: adapter?.parameters.count ?? transformer.layout.count, kernels: transformer.kernels)
        pass = ForwardPass(transformer, keeping: recomputesActivations ? .layerInputs : .everything)
        gradients = Gradients(transformer, adapter: adapter)
        mergeAdapter()
    }

    /// Brings the weights in use up to date with the adapter.
    func mergeAdapter() {
        guard let adapted else { return }
        adapted.adapter.merge(adapted.base.parameters, into: transformer.parameters, pool: transformer.pool)
    }

    /// Divides sequences among batches of which each fits one pass: at most 4,096 positions, what is kept of them below 1 GiB (or 256
    /// positions, if those take more), and their logits in one chunk, which need not be computed again. Groups that begin
    /// alike come next to each other, since a batch computes what its sequences share once.
    ///
    /// - Parameter groups: sequences that stay together; a group that is too large for one pass is a batch of its own.
    /// - Returns: for each batch, the indices of its groups; each group is in one.
    /// - Throws: `invalidBatch`.
    public func batches(of groups: [[TokenSequence]]) throws(LanguageModelError) -> [[Int]] {
        try PackedBatch(groups.flatMap(\.self)).check(against: shape)
        let bytesPerRow = 4 * Activations.floatsPerRow(shape, keeping: pass.keeping)
        let limit = min(4_096, pass.head.chunkRows, max(256, (1 << 30) / bytesPerRow))
        return PackedRows.batches(of: groups, rows: limit)
    }

    /// The number of updates so far.
    public var updateCount: Int { state.updateCount }

    /// A copy of the model as it is now.
    public func model() throws(LanguageModelError) -> Model {
        try Model(
            shape: shape, tokenizer: tokenizer, name: name, parameters: FloatBuffer(copying: transformer.parameters))
    }

    /// The natural log-probability of every target under the parameters as they are now; see `Scorer`.
    ///
    /// - Throws: `invalidBatch`.
    public func logProbabilities(of batch: PackedBatch) throws(LanguageModelError) -> [[Float]] {
        try batch.check(against: shape)
        return batch.split(pass.logProbabilities(PackedRows(batch)))
    }

    /// Adds one packed batch's gradient to those since the last update.
    ///
    /// - Parameters:
    ///   - batch: the sequences; all are computed in one forward and one backward pass.
    ///   - objective: from the log-probability of every target, one array a sequence, to the derivative of the loss by
    ///     each, in the same order and number. Weights of −1/n make the loss the mean negative log-likelihood of n.
    /// - Returns: the log-probabilities.
    /// - Throws: `invalidBatch`, also when the objective returns another number of weights.
    @discardableResult
    public func accumulate(
        _ batch: PackedBatch, objective: (_ logProbabilities: [[Float]]) -> [[Float]]
    ) throws(LanguageModelError) -> [[Float]] {
        try batch.check(against: shape)
        let packed = PackedRows(batch)
        let logProbabilities = batch.split(pass.logProbabilities(packed))
        let weights = objective(logProbabilities)
        guard weights.map(\.count) == batch.sequences.map(\.targets.count) else {
            throw LanguageModelError(
                .invalidBatch,
                "An objective must return one weight a target, \(batch.sequences.map(\.targets.count)); it returned "
                    + "\(weights.map(\.count)).")
        }
        if packed.head.count > 0 {
            gradients.add(packed, weights: packed.gathered(weights.flatMap(\.self)), pass: pass)
        }
        return logProbabilities
    }

    /// Changes the parameters by the gradients accumulated since the last update, and forgets those. A gradient that is not finite
    /// changes nothing: the report's norm tells.
    ///
    /// - Parameter learningRate: the rate of this update; nil for the one that the settings' schedule gives it.
    public func update(learningRate: Float? = nil) -> UpdateReport {
        let report = state.update(
            adapted?.adapter.parameters ?? transformer.parameters, gradients: gradients.buffer,
            tensors: adapted?.adapter.tensors ?? transformer.layout.tensors, settings: settings,
            rate: learningRate, pool: transformer.pool)
        gradients.clear()
        mergeAdapter()
        return report
    }

    /// The gradients accumulated since the last update, in the order of `Model.flatParameters`, or of the adapter's.
    public var accumulatedGradients: [Float] { Array(gradients.buffer.elements) }
}
