import Testing

@testable import ModelFiles

@Suite struct `GGUF container` {
    @Test func `all metadata types come back`() throws {
        let values: [(String, GGUFValue)] = [
            ("a", .uint8(255)), ("b", .int8(-128)), ("c", .uint16(65535)), ("d", .int16(-2)), ("e", .uint32(1 << 31)),
            ("f", .int32(-5)), ("g", .float32(-0.5)), ("h", .bool(true)), ("i", .string("π\u{0}")),
            ("j", .array(.array, [.array(.uint8, [.uint8(1)]), .array(.string, [])])), ("k", .uint64(.max)),
            ("l", .int64(.min)), ("m", .float64(0.1)),
        ]
        var writer = try GGUFWriter()
        for (key, value) in values { writer.set(key, value) }
        let file = try GGUFFile(bytes: writer.header)
        let own: [(String, GGUFValue)] = [("general.alignment", .uint32(64)), ("general.file_type", .uint32(0))]
        #expect(file.metadata == Dictionary(uniqueKeysWithValues: values + own))
        #expect(file.tensors.isEmpty)
    }

    @Test func `half-precision tensors are read as the floats that they stand for`() throws {
        // One, the largest, the smallest, the smallest normal, minus two, minus zero, infinity.
        let patterns: [(UInt16, Float)] = [
            (0x3c00, 1), (0x7bff, 65504), (0x0001, 0x1p-24), (0x0400, 0x1p-14), (0xc000, -2), (0x8000, -0.0),
            (0x7c00, .infinity), (0x3555, 0.33325195),
        ]
        var header: [UInt8] = Array("GGUF".utf8)
        func append(_ value: some FixedWidthInteger) { withUnsafeBytes(of: value.littleEndian) { header += $0 } }
        append(UInt32(2))
        append(UInt64(1))
        append(UInt64(0))
        append(UInt64(1))
        header += Array("t".utf8)
        append(UInt32(2))
        append(UInt64(4))
        append(UInt64(2))
        append(UInt32(1))
        append(UInt64(0))
        header += [UInt8](repeating: 0, count: 96 - header.count)
        for (pattern, _) in patterns { append(pattern) }
        let file = try GGUFFile(bytes: header)
        let tensor = try #require(file.tensor(named: "t"))
        #expect(tensor.sizes == [4, 2])
        #expect(bits(file.floats(tensor)) == bits(patterns.map(\.1)))
    }
}
