internal import COpenBLAS

/// The small products of attention's backward pass and of adapters, by OpenBLAS, each on the calling thread.
enum SmallProducts {
    /// Makes OpenBLAS run on the caller's thread only; the engine splits the work itself.
    static let isSingleThreaded: Bool = {
        openblas_set_num_threads(1)
        return openblas_get_num_threads() == 1
    }()

    /// c (+)= scale · a · b, or a · bᵀ, or aᵀ · b, with explicit distances between rows.
    static func multiply(
        _ c: UnsafeMutablePointer<Float>, _ cStride: Int, _ a: UnsafePointer<Float>, _ aStride: Int,
        _ b: UnsafePointer<Float>, _ bStride: Int, rows: Int, columns: Int, inner: Int, transposesA: Bool = false,
        transposesB: Bool = false, scale: Float = 1, adds: Bool = false
    ) {
        precondition(isSingleThreaded, "OpenBLAS must run on its caller's thread")
        cblas_sgemm(
            CblasRowMajor, transposesA ? CblasTrans : CblasNoTrans, transposesB ? CblasTrans : CblasNoTrans,
            Int32(rows), Int32(columns), Int32(inner), scale, a, Int32(aStride), b, Int32(bStride), adds ? 1 : 0, c,
            Int32(cStride))
    }
}
