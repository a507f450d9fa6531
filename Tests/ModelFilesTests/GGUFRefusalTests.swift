import Testing

@testable import ModelFiles

@Suite struct `GGUF files that are refused` {
    private func refusal(_ file: RawGGUF) -> ModelFilesError? {
        #expect(throws: ModelFilesError.self) { try GGUFFile(bytes: file.bytes) }
    }

    private let eight = [UInt8](repeating: 0, count: 8)

    @Test func `the file that the others are made from is read`() throws {
        let file = try GGUFFile(bytes: RawGGUF(tensors: [.init()], data: eight).bytes)
        #expect(file.tensors.map(\.name) == ["t"])
    }

    @Test func `the first bytes and the version must be known`() {
        #expect(refusal(RawGGUF(magic: Array("GGML".utf8)))?.message.contains("begin with the bytes GGUF") == true)
        for version in [0, 1, 4, .max] as [UInt32] {
            let error = refusal(RawGGUF(version: version))
            #expect(error?.code == .unsupportedFile && error?.message.contains("version \(version)") == true)
        }
        for version in [2, 3] as [UInt32] {
            let error = refusal(RawGGUF(version: version.byteSwapped))
            #expect(error?.code == .unsupportedFile && error?.message.contains("big-endian") == true)
        }
    }

    @Test(arguments: [1 << 16 + 1, 1 << 32, 1 << 63 - 1, 1 << 63, .max] as [UInt64])
    func `counts must fit the file`(count: UInt64) {
        let big = [UInt8](repeating: 0, count: 1 << 21)
        let tensors = refusal(RawGGUF(tensorCount: count, data: big))
        #expect(tensors?.code == .malformedFile && tensors?.message.contains("number of tensors") == true)
        let pairs = refusal(RawGGUF(pairCount: count, data: big))
        #expect(pairs?.code == .malformedFile && pairs?.message.contains("number of metadata keys") == true)
    }

    @Test(arguments: [
        ("key", RawGGUF.bytes(UInt32(13)), "type of value of key must be between 0 and 12; it is 13"),
        ("key", RawGGUF.array(13, 0), "type of the elements of value of key"),
        ("key", RawGGUF.array(0, 1 << 40), "length of value of key"),
        ("key", RawGGUF.array(12, .max), "length of value of key"),
        ("key", RawGGUF.bytes(UInt32(8)) + RawGGUF.bytes(UInt64(1) << 63), "length of the value of key"),
        ("key", RawGGUF.bytes(UInt32(8)) + RawGGUF.bytes(UInt64(2)) + [0xc0, 0x80], "value of key must be UTF-8"),
        ("key", RawGGUF.bytes(UInt32(8)) + RawGGUF.bytes(UInt64(64)), "length of the value of key"),
        (String(repeating: "k", count: 1025), RawGGUF.bytes(UInt32(7)) + [1], "length of the metadata key 0"),
        (
            "key",
            RawGGUF.bytes(UInt32(9)) + (0..<4).flatMap { _ in RawGGUF.bytes(UInt32(9)) + RawGGUF.bytes(UInt64(1)) }
                + RawGGUF.bytes(UInt32(0)) + RawGGUF.bytes(UInt64(0)),
            "nested 4 deep; value of key"
        ),
    ])
    func `metadata must follow the format`(key: String, value: [UInt8], rule: String) {
        let error = refusal(RawGGUF(pairs: [(key, value)]))
        #expect(error?.code == .malformedFile && error?.message.contains(rule) == true, "\(error as Any)")
    }

    @Test func `a key occurs once`() {
        let value = RawGGUF.bytes(UInt32(7)) + [1]
        #expect(refusal(RawGGUF(pairs: [("k", value), ("k", value)]))?.message.contains("k occurs twice") == true)
    }

    @Test func `all arrays together have a bounded number of elements`() {
        let half = GGUFCursor.mostElements / 2 + 1
        let array = RawGGUF.array(0, UInt64(half), [UInt8](repeating: 0, count: half))
        #expect(throws: Never.self) { try GGUFFile(bytes: RawGGUF(pairs: [("a", array)]).bytes) }
        let error = refusal(RawGGUF(pairs: [("a", array), ("b", array)]))
        #expect(error?.message.contains("length of value of b must be at most \(half - 2)") == true, "\(error as Any)")
    }

    @Test(arguments: [0, 3, 1 << 17, .max] as [UInt32])
    func `the alignment is a power of two of a sensible size`(alignment: UInt32) {
        let value = RawGGUF.bytes(UInt32(4)) + RawGGUF.bytes(alignment)
        let error = refusal(RawGGUF(pairs: [("general.alignment", value)]))
        #expect(error?.code == .malformedFile && error?.message.contains("general.alignment") == true)
    }

    @Test func `the alignment is a number`() {
        let value = RawGGUF.bytes(UInt32(8)) + RawGGUF.bytes("32")
        #expect(refusal(RawGGUF(pairs: [("general.alignment", value)]))?.message.contains("general.alignment") == true)
    }

    @Test(arguments: [
        (RawGGUF.Tensor(sizes: []), "one to four sizes; it has 0"),
        (RawGGUF.Tensor(sizes: [1, 1, 1, 1, 2]), "one to four sizes; it has 5"),
        (RawGGUF.Tensor(sizes: [0]), "sizes of tensor t must be positive"),
        (RawGGUF.Tensor(sizes: [1 << 40 + 1]), "size of tensor t"),
        (RawGGUF.Tensor(sizes: [.max]), "size of tensor t"),
        (RawGGUF.Tensor(sizes: [1 << 32, 1 << 32]), "sizes of tensor t"),
        (RawGGUF.Tensor(sizes: [1 << 40, 1 << 40, 1 << 40, 1 << 40]), "sizes of tensor t"),
        (RawGGUF.Tensor(sizes: [3]), "it has 12 bytes"),
        (RawGGUF.Tensor(sizes: [1 << 40]), "Tensor t must start"),
        (RawGGUF.Tensor(offset: 4), "start at a multiple of 32"),
        (RawGGUF.Tensor(offset: 32), "its offset is 32"),
        (RawGGUF.Tensor(offset: 1 << 63), "its offset is 9223372036854775808"),
        (RawGGUF.Tensor(offset: .max - 31), "Tensor t must start"),
        (RawGGUF.Tensor(sizes: [31], type: 8), "multiple of 32 long; tensor t has rows of 31"),
        (RawGGUF.Tensor(sizes: [16, 16], type: 12), "multiple of 256 long; tensor t has rows of 16"),
        (RawGGUF.Tensor(name: String(repeating: "n", count: 1025)), "length of the name of tensor 0"),
    ])
    func `a tensor must lie within the file`(tensor: RawGGUF.Tensor, rule: String) {
        let error = refusal(RawGGUF(tensors: [tensor], data: eight))
        #expect(error?.code == .malformedFile && error?.message.contains(rule) == true, "\(error as Any)")
    }

    @Test(arguments: [4, 9, 15, 27, 31, 39, 1 << 31] as [UInt32])
    func `a type that is not read is refused by number`(type: UInt32) {
        let error = refusal(RawGGUF(tensors: [.init(type: type)], data: eight))
        #expect(error?.code == .unsupportedFile && error?.message.contains("t is of type \(type)") == true)
        #expect(error?.message.contains("Q6_K (14)") == true)
    }

    @Test func `tensors occur once and share no bytes`() {
        let data = [UInt8](repeating: 0, count: 128)
        let twice = refusal(RawGGUF(tensors: [.init(), .init(offset: 32)], data: data))
        #expect(twice?.code == .malformedFile && twice?.message.contains("t occurs twice") == true)
        let shared = refusal(RawGGUF(tensors: [.init(name: "u", offset: 32), .init(sizes: [9])], data: data))
        #expect(shared?.code == .malformedFile && shared?.message.contains("offset of u lies within t") == true)
    }

    @Test func `every truncation is refused`() throws {
        let pairs = [("a", RawGGUF.bytes(UInt32(8)) + RawGGUF.bytes("text")), ("b", RawGGUF.array(4, 2, eight))]
        let whole = RawGGUF(
            pairs: pairs, tensors: [.init(), .init(name: "u", offset: 32)], data: [UInt8](repeating: 0, count: 40)
        ).bytes
        #expect(throws: Never.self) { try GGUFFile(bytes: whole) }
        for length in whole.indices {
            #expect(throws: ModelFilesError.self, "length \(length)") { try GGUFFile(bytes: Array(whole[..<length])) }
        }
    }
}
