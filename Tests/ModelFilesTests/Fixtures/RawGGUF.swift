@testable import ModelFiles

/// A GGUF file put together field by field, so that each can be wrong.
struct RawGGUF: Sendable {
    /// One row of the table of tensors.
    struct Tensor: Sendable {
        var name = "t"
        var sizes: [UInt64] = [2]
        var type: UInt32 = 0
        var offset: UInt64 = 0
    }

    var magic = Array("GGUF".utf8)
    var version: UInt32 = 3
    var tensorCount: UInt64?
    var pairCount: UInt64?
    /// Keys with their type and value as they stand in the file.
    var pairs: [(key: String, value: [UInt8])] = []
    var tensors: [Tensor] = []
    var data: [UInt8] = []
    var alignment = 32

    static func bytes(_ integer: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: integer.littleEndian) { Array($0) }
    }

    static func bytes(_ text: String) -> [UInt8] { bytes(UInt64(text.utf8.count)) + text.utf8 }

    /// An array whose length may be a lie.
    static func array(_ type: UInt32, _ count: UInt64, _ elements: [UInt8] = []) -> [UInt8] {
        bytes(UInt32(9)) + bytes(type) + bytes(count) + elements
    }

    /// Everything before the data, unpadded.
    var header: [UInt8] {
        var header = magic + Self.bytes(version) + Self.bytes(tensorCount ?? UInt64(tensors.count))
        header += Self.bytes(pairCount ?? UInt64(pairs.count))
        for (key, value) in pairs { header += Self.bytes(key) + value }
        for tensor in tensors {
            header += Self.bytes(tensor.name) + Self.bytes(UInt32(tensor.sizes.count))
            header += tensor.sizes.flatMap(Self.bytes) + Self.bytes(tensor.type) + Self.bytes(tensor.offset)
        }
        return header
    }

    var bytes: [UInt8] {
        let header = header
        return header + [UInt8](repeating: 0, count: (alignment - header.count % alignment) % alignment) + data
    }
}
