internal import CKernels
internal import COpenBLAS

/// Names the code that this machine's numbers come from.
public enum Numerics {
    /// The matrix library's version and kernels, and the instruction set of the other loops, such as
    /// `openblas-0.3.21-SkylakeX/kernels-avx512`.
    ///
    /// Two processes of the same name compute the same log-probabilities to the bit from the same weights.
    public static let name: String = {
        let configuration = String(cString: openblas_get_config()).split(separator: " ")
        let version = configuration.count > 1 ? String(configuration[1]) : "unknown"
        return "openblas-\(version)-\(String(cString: openblas_get_corename()))/kernels-\(String(cString: ef_kernel_set()))"
    }()
}
