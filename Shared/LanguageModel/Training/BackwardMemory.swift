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
    private let normedInputs: [FloatBuffer]
    private let parts: FloatBuffer
    private let tiles: [FloatBuffer]
    private let scores: [FloatBuffer]
    private let lowRank: [FloatBuffer]
    private let width: Int
    private let tileCapacity: Int

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
        normedInputs = (0..<2).map { _ in FloatBuffer(count: rowCapacity * shape.width) }
        tileCapacity = max(transformer.tileCount(rowCapacity), 1)
        parts = FloatBuffer(count: 2 * tileCapacity * shape.width)
        tiles = (0..<transformer.pool.threadCount).map { _ in
            FloatBuffer(count: 2 * transformer.tileRows * shape.width)
        }
        scores = (0..<transformer.pool.threadCount).map { _ in
            FloatBuffer(count: Self.queryRows * (2 * keyCapacity + 1))
        }
        lowRank = (0..<transformer.pool.threadCount).map { _ in FloatBuffer(count: rowCapacity * rank) }
    }

    /// [rows][C]: a layer's normalised input, computed again; the layers take turns, for the weights' gradient of one
    /// is computed beside the next one's rows.
    func normedInput(_ layer: Int) -> UnsafeMutablePointer<Float> { normedInputs[layer % 2].start }

    /// [tiles][C]: each tile's part of a gain's gradient; two norms are in work at once.
    func gainParts(isFirst: Bool) -> UnsafeMutablePointer<Float> {
        parts.start + (isFirst ? 0 : tileCapacity * width)
    }

    /// [rows][r]: one thread's product with a factor of an adapter.
    func lowRank(_ worker: Int) -> UnsafeMutablePointer<Float> { lowRank[worker].start }

    /// One thread's rows of one tile.
    func tile(_ worker: Int) -> UnsafeMutablePointer<Float> { tiles[worker].start }

    /// One thread's two matrices of [query rows][keys], and one number a query row.
    func scores(
        _ worker: Int
    ) -> (p: UnsafeMutablePointer<Float>, ds: UnsafeMutablePointer<Float>, delta: UnsafeMutablePointer<Float>) {
        let start = scores[worker].start
        let count = Self.queryRows * keyCapacity
        return (start, start + count, start + 2 * count)
    }
}
