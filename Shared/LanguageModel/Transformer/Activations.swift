/// The memory of one forward pass: what every layer computes, kept for the backward pass or overwritten by the next.
final class Activations {
    /// What is kept for a backward pass.
    enum Keeping {
        /// Nothing: none follows.
        case nothing
        /// What enters each layer; the rest is computed again, layer by layer.
        case layerInputs
        /// Everything that the backward pass reads.
        case everything
    }

    let rowCapacity: Int
    let keeping: Keeping
    private let shape: ModelShape
    private let residual: FloatBuffer
    private let middleResidual: FloatBuffer
    private let inverses: FloatBuffer
    private let queryKeyValues: FloatBuffer
    private let logSumBuffer: FloatBuffer
    private let attendedBuffer: FloatBuffer
    private let gateUps: FloatBuffer

    init(shape: ModelShape, rowCapacity: Int, keeping: Keeping) {
        self.shape = shape
        self.rowCapacity = rowCapacity
        self.keeping = keeping
        let rows = rowCapacity
        let inputs = keeping == .nothing ? 1 : shape.layerCount + 1
        let layers = keeping == .everything ? shape.layerCount : 1
        let backward = keeping == .nothing ? 0 : layers
        residual = FloatBuffer(count: inputs * rows * shape.width)
        inverses = FloatBuffer(count: keeping == .nothing ? 0 : 2 * shape.layerCount * rows)
        queryKeyValues = FloatBuffer(count: layers * rows * shape.queryKeyValueWidth)
        attendedBuffer = FloatBuffer(count: layers * rows * shape.width)
        middleResidual = FloatBuffer(count: backward * rows * shape.width)
        logSumBuffer = FloatBuffer(count: backward * rows * shape.headCount)
        gateUps = FloatBuffer(count: backward * rows * 2 * shape.feedForwardWidth)
    }

    /// Floats that one row takes.
    static func floatsPerRow(_ shape: ModelShape, keeping: Keeping) -> Int {
        let perLayer =
            2 * shape.width + shape.queryKeyValueWidth + shape.headCount + 2 * shape.feedForwardWidth
        switch keeping {
        case .nothing: return 2 * shape.width + shape.queryKeyValueWidth
        case .layerInputs: return (shape.layerCount + 1) * shape.width + 2 * shape.layerCount + perLayer
        case .everything: return (shape.layerCount + 1) * shape.width + shape.layerCount * (2 + perLayer)
        }
    }

    /// Whether a backward pass can follow.
    var keeps: Bool { keeping != .nothing }

    private func part(_ buffer: FloatBuffer, _ layer: Int, _ columns: Int) -> UnsafeMutablePointer<Float> {
        buffer.start + (keeping == .everything ? layer * rowCapacity * columns : 0)
    }

    /// [rows][C]: what enters `layer`; `layerCount` gives what leaves the last one.
    func input(_ layer: Int) -> UnsafeMutablePointer<Float> {
        residual.start + (keeps ? layer * rowCapacity * shape.width : 0)
    }

    /// [rows][C]: the residual stream between attention and feed-forward; the input itself when nothing is kept.
    func middle(_ layer: Int) -> UnsafeMutablePointer<Float> {
        keeps ? part(middleResidual, layer, shape.width) : residual.start
    }

    /// [rows]: 1 / rms of the layer's input; nil when nothing is kept.
    func inputInverse(_ layer: Int) -> UnsafeMutablePointer<Float>? {
        keeps ? inverses.start + 2 * layer * rowCapacity : nil
    }

    /// [rows]: 1 / rms of `middle`; nil when nothing is kept.
    func middleInverse(_ layer: Int) -> UnsafeMutablePointer<Float>? {
        keeps ? inverses.start + (2 * layer + 1) * rowCapacity : nil
    }

    /// [rows][queries | keys | values], rotated.
    func queryKeyValue(_ layer: Int) -> UnsafeMutablePointer<Float> {
        part(queryKeyValues, layer, shape.queryKeyValueWidth)
    }

    /// [rows][H]: the log of each softmax's denominator; nil when nothing is kept.
    func logSums(_ layer: Int) -> UnsafeMutablePointer<Float>? {
        keeps ? part(logSumBuffer, layer, shape.headCount) : nil
    }

    /// [rows][C]: the heads' weighted values.
    func attended(_ layer: Int) -> UnsafeMutablePointer<Float> { part(attendedBuffer, layer, shape.width) }

    /// [rows][gate | up]; nil when nothing is kept.
    func gateUp(_ layer: Int) -> UnsafeMutablePointer<Float>? {
        keeps ? part(gateUps, layer, 2 * shape.feedForwardWidth) : nil
    }
}
