/// How the operands of matrix products are held; sums are of 32 bits in each.
public enum Precision: String, Hashable, Sendable, CaseIterable {
    /// 32-bit floats.
    case fp32
    /// Weights and what is multiplied with them as bfloat16: half the bytes, eight bits of mantissa.
    case bf16
    /// Weights and what is multiplied with them in steps of one scale for each 64 inputs: a quarter of the bytes. For
    /// sampling and scoring alone.
    case int8
}
