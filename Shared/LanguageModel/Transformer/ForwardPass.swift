/// The forward pass over packed batches, with memory that is reused from batch to batch.
final class ForwardPass {
    let transformer: Transformer
    let head: OutputHead
    let keeping: Activations.Keeping
    private(set) var activations: Activations
    private let keysAndValues: KeyValueBlocks

    init(_ transformer: Transformer, keeping: Activations.Keeping) {
        self.transformer = transformer
        self.keeping = keeping
        head = OutputHead(transformer)
        activations = Activations(shape: transformer.shape, rowCapacity: 0, keeping: keeping)
        keysAndValues = KeyValueBlocks(
            shape: transformer.shape, layerCount: 1, precision: transformer.projections.products.precision)
    }

    /// What the last layer left.
    var final: UnsafeMutablePointer<Float> { activations.input(transformer.shape.layerCount) }

    /// The log-probability of each target of a batch, in order.
    func logProbabilities(_ packed: PackedRows) -> [Float] {
        guard packed.head.count > 0 else { return [] }
        let rows = packed.rows
        if activations.rowCapacity < rows.count {
            activations = Activations(shape: transformer.shape, rowCapacity: rows.count, keeping: keeping)
        }
        keysAndValues.reserve(packed.blockCount)
        transformer.forward(rows, keysAndValues: keysAndValues, activations: activations)
        return packed.expanded(head.logProbabilities(packed.head, final: final))
    }

    /// Brings back what the backward pass reads of a layer, when only the layers' inputs were kept.
    ///
    /// The layer that was computed last is still there: the top one after the forward pass.
    func restore(_ layer: Int, _ rows: Rows) {
        guard keeping == .layerInputs, layer < transformer.shape.layerCount - 1 else { return }
        transformer.recompute(layer, rows, keysAndValues: keysAndValues, activations: activations)
    }
}
