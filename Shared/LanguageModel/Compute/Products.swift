internal import COpenBLAS

/// Matrix products by OpenBLAS, each on the calling thread; all matrices are row-major.
///
/// OpenBLAS takes another summation order for products of at most 1,200 results on its AVX-512 kernels, so a row is the
/// same in every product of `minimumRows` rows or more, and the engine never computes fewer.
enum Products {
    /// Makes OpenBLAS run on the caller's thread only; the engine splits the rows itself.
    static let isSingleThreaded: Bool = {
        openblas_set_num_threads(1)
        return openblas_get_num_threads() == 1
    }()

    /// The fewest rows for which a row of `result` with that many columns does not depend on the number of rows.
    static func minimumRows(columns: Int) -> Int { 1200 / columns + 1 }

    /// result (+)= x · weightsᵀ, for `rows` rows of x, each of `inputs`, and weights of [outputs][inputs].
    static func forward(
        _ result: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, _ weights: UnsafePointer<Float>, rows: Int,
        inputs: Int, outputs: Int, adds: Bool = false
    ) {
        cblas_sgemm(
            CblasRowMajor, CblasNoTrans, CblasTrans, Int32(rows), Int32(outputs), Int32(inputs), 1, x, Int32(inputs),
            weights, Int32(inputs), adds ? 1 : 0, result, Int32(outputs))
    }

    /// dx (+)= dy · weights, for `rows` rows of dy, each of `outputs`.
    static func inputGradient(
        _ dx: UnsafeMutablePointer<Float>, _ dy: UnsafePointer<Float>, _ weights: UnsafePointer<Float>, rows: Int,
        inputs: Int, outputs: Int, adds: Bool = false
    ) {
        cblas_sgemm(
            CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(rows), Int32(inputs), Int32(outputs), 1, dy,
            Int32(outputs), weights, Int32(inputs), adds ? 1 : 0, dx, Int32(inputs))
    }

    /// dweights[range] += (dyᵀ · x)[range]: the gradient of the given outputs' rows, summed over `rows` rows.
    static func weightGradient(
        _ dweights: UnsafeMutablePointer<Float>, _ dy: UnsafePointer<Float>, _ x: UnsafePointer<Float>, rows: Int,
        inputs: Int, outputs: Int, range: Range<Int>
    ) {
        cblas_sgemm(
            CblasRowMajor, CblasTrans, CblasNoTrans, Int32(range.count), Int32(inputs), Int32(rows), 1,
            dy + range.lowerBound, Int32(outputs), x, Int32(inputs), 1, dweights + range.lowerBound * inputs,
            Int32(inputs))
    }

    /// c (+)= scale · a · b, or a · bᵀ, or aᵀ · b, with explicit distances between rows: the small products of attention
    /// and of adapters.
    static func general(
        _ c: UnsafeMutablePointer<Float>, _ cStride: Int, _ a: UnsafePointer<Float>, _ aStride: Int,
        _ b: UnsafePointer<Float>, _ bStride: Int, rows: Int, columns: Int, inner: Int, transposesA: Bool = false,
        transposesB: Bool = false, scale: Float = 1, adds: Bool = false
    ) {
        cblas_sgemm(
            CblasRowMajor, transposesA ? CblasTrans : CblasNoTrans, transposesB ? CblasTrans : CblasNoTrans,
            Int32(rows), Int32(columns), Int32(inner), scale, a, Int32(aStride), b, Int32(bStride), adds ? 1 : 0, c,
            Int32(cStride))
    }
}
