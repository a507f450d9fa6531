/// The forward pass over packed batches, with memory that is reused from batch to batch.
final class ForwardPass {
    let transformer: Transformer
    let head: OutputHead
    let keeps: Bool
    private(set) var activations: Activations
    private var keysAndValues: KeyValueBlocks

    init(_ transformer: Transformer, keeps: Bool) {
        self.transformer = transformer
        self.keeps = keeps
        head = OutputHead(transformer)
        activations = Activations(shape: transformer.shape, rowCapacity: 0, keeps: keeps)
        keysAndValues = KeyValueBlocks(shape: transformer.shape, blocks: 0, layerCount: 1)
    }

    /// What the last layer left.
    var final: UnsafeMutablePointer<Float> { activations.input(transformer.shape.layerCount) }

    /// The log-probability of each of `positions` in a pass over `rows`.
    func logProbabilities(_ rows: Rows, _ positions: [OutputHead.Position]) -> [Float] {
        guard !positions.isEmpty else { return [] }
        let needed = transformer.paddedRows(rows.count)
        if activations.rowCapacity < needed {
            activations = Activations(shape: transformer.shape, rowCapacity: needed, keeps: keeps)
        }
        let blocks = Int(rows.blocks.last ?? 0) + 1
        if keysAndValues.capacity < blocks {
            keysAndValues = KeyValueBlocks(shape: transformer.shape, blocks: blocks, layerCount: 1)
        }
        transformer.forward(rows, keysAndValues: keysAndValues, activations: activations)
        return head.logProbabilities(positions, final: final)
    }
}
