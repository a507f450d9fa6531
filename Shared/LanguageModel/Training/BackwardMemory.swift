/// The backward pass's working memory, reused from batch to batch.
final class BackwardMemory {
    /// Rows of queries that attention's backward takes at once.
    static let queryRows = 64

    let rowCapacity: Int
    let keyCapacity: Int
    /// [rows][C]: the gradient of the residual stream, of a layer's output at first and of its input at the end.
    let dresidual: FloatBuffer
    /// [rows][C]: the gradient between attention and feed-forward.
    let dmiddle: FloatBuffer
    /// [rows][F]: the gradient of the hidden values, then the hidden values themselves.
    let hidden: FloatBuffer
    /// [rows][C]: the normalised input of the feed-forward part, computed again.
    let normedMiddle: FloatBuffer
    /// [rows][C]: the gradient of what attention returns.
    let dattended: FloatBuffer
    /// [rows][queries | keys | values]: their gradient.
    let dqueryKeyValue: FloatBuffer
    /// [rows][C]: the gradient of a norm's output.
    let dnormed: FloatBuffer
    /// Prepared rows of the gradient of a product's outputs.
    let operand: RawBuffer
    /// Each thread's products of the weights' gradients.
    let weightGradients: [WeightGradients]
    /// [rows][C]: the normalised input of the layer, computed again.
    let normedInput: FloatBuffer
    private let panels: [ColumnPanels]
    private let parts: FloatBuffer
    private let scores: [FloatBuffer]
    private let heads: [FloatBuffer]
    private var sharedGradients = FloatBuffer(count: 0)
    private let sharedColumns: Int
    private let headWidth: Int
    private let lowRank: [FloatBuffer]
    private let width: Int
    private let partCapacity: Int

    init(_ transformer: Transformer, rowCapacity: Int, keyCapacity: Int, rank: Int) {
        let shape = transformer.shape
        self.rowCapacity = rowCapacity
        self.keyCapacity = keyCapacity
        width = shape.width
        dresidual = FloatBuffer(count: rowCapacity * shape.width)
        dmiddle = FloatBuffer(count: rowCapacity * shape.width)
        hidden = FloatBuffer(count: rowCapacity * shape.feedForwardWidth)
        normedMiddle = FloatBuffer(count: rowCapacity * shape.width)
        dattended = FloatBuffer(count: rowCapacity * shape.width)
        dqueryKeyValue = FloatBuffer(count: rowCapacity * shape.queryKeyValueWidth)
        normedInput = FloatBuffer(count: rowCapacity * shape.width)
        dnormed = FloatBuffer(count: rowCapacity * shape.width)
        operand = RawBuffer(byteCount: transformer.projections.gradientBytes(rows: rowCapacity))
        weightGradients = (0..<transformer.pool.threadCount).map { _ in
            WeightGradients(transformer.projections.products)
        }
        // An adapter's gradients are no products of whole matrices.
        panels =
            rank > 0
            ? []
            : LayerMatrix.allCases.map { matrix in
                ColumnPanels(
                    transformer.projections.products, rows: rowCapacity,
                    columns: matrix == .down ? shape.feedForwardWidth : shape.width)
            }
        partCapacity = Self.gainParts(rowCapacity)
        parts = FloatBuffer(count: partCapacity * shape.width)
        scores = (0..<transformer.pool.threadCount).map { _ in
            FloatBuffer(count: Self.queryRows * (2 * keyCapacity + 1))
        }
        heads = (0..<transformer.pool.threadCount).map { _ in FloatBuffer(count: 4 * keyCapacity * shape.headWidth) }
        sharedColumns = 2 * shape.keyValueWidth
        headWidth = shape.headWidth
        lowRank = (0..<transformer.pool.threadCount).map { _ in FloatBuffer(count: rowCapacity * rank) }
    }

    /// Rows whose part of a gain's gradient is summed up apart, by the row count alone.
    static let gainRows = 64

    static func gainParts(_ rows: Int) -> Int { (rows + gainRows - 1) / gainRows }

    /// The columns of what a matrix of the layer is multiplied with.
    func inputPanels(_ matrix: LayerMatrix) -> ColumnPanels { panels[matrix.rawValue] }

    /// [parts][C]: the parts of a gain's gradient.
    var gainParts: UnsafeMutablePointer<Float> { parts.start }

    /// [rows][r]: one thread's product with a factor of an adapter.
    func lowRank(_ worker: Int) -> UnsafeMutablePointer<Float> { lowRank[worker].start }

    /// One thread's two matrices of [query rows][keys], and one number a query row.
    func scores(
        _ worker: Int
    ) -> (p: UnsafeMutablePointer<Float>, ds: UnsafeMutablePointer<Float>, delta: UnsafeMutablePointer<Float>) {
        let start = scores[worker].start
        let count = Self.queryRows * keyCapacity
        return (start, start + count, start + 2 * count)
    }

    /// One thread's keys and values of one head, and their gradients, each [keys][D].
    func keysAndValues(
        _ worker: Int
    ) -> (
        keys: UnsafeMutablePointer<Float>, values: UnsafeMutablePointer<Float>, dkeys: UnsafeMutablePointer<Float>,
        dvalues: UnsafeMutablePointer<Float>
    ) {
        let (start, count) = (heads[worker].start, keyCapacity * headWidth)
        return (start, start + count, start + 2 * count, start + 3 * count)
    }

    /// Makes room for that many rows that segments share.
    func reserveShared(_ rows: Int) {
        if sharedGradients.count < rows * sharedColumns { sharedGradients = FloatBuffer(count: rows * sharedColumns) }
    }

    /// [keys | values]: the gradients of a row that a segment shares, which it has put aside.
    func shared(_ row: Int) -> UnsafeMutablePointer<Float> { sharedGradients.start + row * sharedColumns }
}
