internal import CKernels

/// One thread's products of the weights' gradients, dW += dyᵀ · x, each sum a chain over the rows in their order.
final class WeightGradients {
    private let products: Products
    /// Rows that are packed at once, so that a panel stays in the second-level cache.
    private static let piece = 1_024
    private let panel: RawBuffer
    private var transposed = FloatBuffer(count: 0)
    private var operand = RawBuffer(byteCount: 0)

    init(_ products: Products) {
        self.products = products
        panel = RawBuffer(byteCount: products.panelBytes(inputs: Self.piece))
    }

    /// Adds the gradient of the given outputs, `range`, of dy to their rows of `dweights`, [outputs][inputs].
    func add(
        _ dweights: UnsafeMutablePointer<Float>, _ dy: UnsafePointer<Float>, dyStride: Int, _ x: UnsafePointer<Float>,
        rows: Int, inputs: Int, range: Range<Int>
    ) {
        let most = min(rows, Self.piece)
        if transposed.count < most * range.count { transposed = FloatBuffer(count: most * range.count) }
        let bytes = products.operandBytes(rows: range.count, inputs: most)
        if operand.byteCount < bytes { operand = RawBuffer(byteCount: bytes) }
        for first in stride(from: 0, to: rows, by: Self.piece) {
            let count = min(Self.piece, rows - first)
            products.kernels.transpose(
                transposed.start, count, dy + first * dyStride + range.lowerBound, dyStride, count, range.count)
            products.prepare(
                transposed.start, stride: count, rows: range.count, part: 0..<range.count, inputs: count,
                columns: 0..<count, memory: operand.start)
            let dyTransposed = products.operand(
                transposed.start, stride: count, rows: range.count, inputs: count, memory: operand.start)
            for column in stride(from: 0, to: inputs, by: Products.panelOutputs) {
                let outputs = min(Products.panelOutputs, inputs - column)
                products.packColumns(
                    panel.start, x + first * inputs + column, stride: inputs, outputs: outputs, inputs: count)
                products.multiply(
                    dweights + range.lowerBound * inputs + column, stride: inputs, dyTransposed, part: 0..<range.count,
                    panel.start, inputs: count, outputs: outputs, adds: true)
            }
        }
    }
}
