/// One thread's products of the weights' gradients, dW += dyᵀ · x, each sum a chain over the rows in their order.
final class WeightGradients {
    private let products: Products
    private var panels = RawBuffer(byteCount: 0)

    init(_ products: Products) {
        self.products = products
    }

    /// Adds the gradient of the given outputs, `range`, of dy to their rows of `dweights`, [outputs][inputs].
    ///
    /// - Parameter x: the columns of x, of which the gradient has as many inputs.
    func add(
        _ dweights: UnsafeMutablePointer<Float>, _ dy: UnsafePointer<Float>, dyStride: Int, _ x: ColumnPanels,
        rows: Int, range: Range<Int>
    ) {
        let inputs = x.columns
        let bytes =
            Products.panels(range.count) * products.panelBytes(inputs: min(rows, ColumnPanels.pieceRows))
        if panels.byteCount < bytes { panels = RawBuffer(byteCount: bytes) }
        for (piece, part) in ColumnPanels.pieces(rows).enumerated() {
            products.packColumns(
                panels.start, dy + part.lowerBound * dyStride + range.lowerBound, stride: dyStride,
                outputs: range.count, inputs: part.count)
            for panel in 0..<Products.panels(inputs) {
                let column = panel * Products.panelOutputs
                let place = dweights + range.lowerBound * inputs + column
                products.multiplyPanels(
                    place, stride: inputs, panels.start, x.panel(panel, piece: piece, rows: rows), rows: range.count,
                    inputs: part.count, outputs: min(Products.panelOutputs, inputs - column), base: place)
            }
        }
    }
}
