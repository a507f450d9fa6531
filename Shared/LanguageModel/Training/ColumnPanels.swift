/// The columns of a matrix in panels, which products over its rows read: packed once, and read by all tasks.
final class ColumnPanels {
    /// Rows that are packed together, so that two panels stay in the second-level cache.
    static let pieceRows = 1_024

    let columns: Int
    private let rowCapacity: Int
    private let products: Products
    private let memory: RawBuffer

    /// Room for a matrix of that many columns and at most `rows` rows.
    init(_ products: Products, rows: Int, columns: Int) {
        self.products = products
        self.columns = columns
        rowCapacity = rows
        let pieces = (rows + Self.pieceRows - 1) / Self.pieceRows
        memory = RawBuffer(
            byteCount: pieces * Products.panels(columns) * products.panelBytes(inputs: min(rows, Self.pieceRows)))
    }

    /// Packs matrices of `rows` rows each, without gaps, on the pool's threads.
    static func pack(_ matrices: [(x: UnsafePointer<Float>, to: ColumnPanels)], rows: Int, pool: ThreadPool) {
        for matrix in matrices {
            let capacity = matrix.to.rowCapacity
            precondition(rows <= capacity, "\(rows) rows in panels for \(capacity)")
        }
        let tasks = matrices.flatMap { matrix in
            (0..<(pieces(rows).count * Products.panels(matrix.to.columns))).map { (matrix.x, matrix.to, $0) }
        }
        pool.run(tasks.count) { index, _ in
            let (x, panels, task) = tasks[index]
            let (piece, panel) = task.quotientAndRemainder(dividingBy: Products.panels(panels.columns))
            panels.pack(x, rows: rows, piece: piece, panel: panel)
        }
    }

    /// The rows of each piece.
    static func pieces(_ rows: Int) -> [Range<Int>] {
        stride(from: 0, to: rows, by: pieceRows).map { $0..<min($0 + pieceRows, rows) }
    }

    /// One panel of a piece, of as many rows as were packed.
    func panel(_ panel: Int, piece: Int, rows: Int) -> UnsafeMutableRawPointer {
        memory.start
            + piece * Products.panels(columns) * products.panelBytes(inputs: Self.pieceRows)
            + panel * products.panelBytes(inputs: min(Self.pieceRows, rows - piece * Self.pieceRows))
    }

    private func pack(_ x: UnsafePointer<Float>, rows: Int, piece: Int, panel: Int) {
        let (part, column) = (Self.pieces(rows)[piece], panel * Products.panelOutputs)
        products.packColumns(
            self.panel(panel, piece: piece, rows: rows), x + part.lowerBound * columns + column, stride: columns,
            outputs: min(Products.panelOutputs, columns - column), inputs: part.count)
    }
}
