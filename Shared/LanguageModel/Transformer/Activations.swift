/// The memory of one forward pass: what every layer computes, kept for the backward pass or overwritten by the next.
final class Activations {
    let rowCapacity: Int
    let keeps: Bool
    private let shape: ModelShape
    private let residual: FloatBuffer
    private let middleResidual: FloatBuffer
    private let inverses: FloatBuffer
    private let queryKeyValues: FloatBuffer
    private let logSumBuffer: FloatBuffer
    private let attendedBuffer: FloatBuffer
    private let gateUps: FloatBuffer

    /// - Parameter keeps: whether a backward pass follows.
    init(shape: ModelShape, rowCapacity: Int, keeps: Bool) {
        self.shape = shape
        self.rowCapacity = rowCapacity
        self.keeps = keeps
        let layers = keeps ? shape.layerCount : 1
        let rows = rowCapacity
        residual = FloatBuffer(count: (keeps ? layers + 1 : 1) * rows * shape.width)
        middleResidual = FloatBuffer(count: keeps ? layers * rows * shape.width : 0)
        inverses = FloatBuffer(count: keeps ? 2 * layers * rows : 0)
        queryKeyValues = FloatBuffer(count: layers * rows * shape.queryKeyValueWidth)
        logSumBuffer = FloatBuffer(count: keeps ? layers * rows * shape.headCount : 0)
        attendedBuffer = FloatBuffer(count: layers * rows * shape.width)
        gateUps = FloatBuffer(count: keeps ? layers * rows * 2 * shape.feedForwardWidth : 0)
    }

    private func part(_ buffer: FloatBuffer, _ layer: Int, _ columns: Int) -> UnsafeMutablePointer<Float> {
        buffer.start + (keeps ? layer * rowCapacity * columns : 0)
    }

    /// [rows][C]: what enters `layer`; `layerCount` gives what leaves the last one.
    func input(_ layer: Int) -> UnsafeMutablePointer<Float> { part(residual, layer, shape.width) }

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
