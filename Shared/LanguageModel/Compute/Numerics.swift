internal import CKernels

/// Names the code that a policy's numbers come from.
public enum Numerics {
    /// The kernels' arithmetic and the products' precision, such as `kernels-1/fused/bf16`.
    ///
    /// Two processes of the same name, on one C library, compute the same log-probabilities to the bit from the same weights,
    /// whatever their processors, but where a bf16 operand or sum is below 1.2e-38: sums have one order, and fused or not is
    /// all else that instruction sets differ in.
    public static func name(_ precision: Precision) -> String { name(precision, Kernels.best) }

    static func name(_ precision: Precision, _ kernels: Kernels) -> String {
        "kernels-1/\(kernels.is_fused == 1 ? "fused" : "unfused")/\(precision.rawValue)"
    }

    /// The instruction set that this machine's kernels are compiled for: avx512-bf16, avx512, avx2 or portable.
    public static var instructionSet: String { Kernels.best.label }
}
