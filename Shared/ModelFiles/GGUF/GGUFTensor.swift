/// One tensor of a GGUF file: its name, sizes, and where its numbers lie.
public struct GGUFTensor: Hashable, Sendable {
    /// The name, unique in the file.
    public let name: String
    /// The sizes, the fastest-varying first: a matrix of [rows][columns] is (columns, rows).
    public let sizes: [Int]
    /// How numbers are stored.
    public let storage: TensorStorage
    /// The product of the sizes.
    public let count: Int
    /// The first byte, counted from the start of the file.
    let fileOffset: Int

    /// Bytes in the file.
    var byteCount: Int { storage.byteCount(count) }
}
