import Foundation
import Testing

@testable import ModelFiles

@Suite struct `Safetensors` {
    private let first: [Float] = [1, -2, 3.5, 0.25, 5, 6]
    private let second: [Float] = [7, 8]

    private func written(_ storage: TensorStorage, rowOrder: [Int]? = nil) throws -> [UInt8] {
        try TemporaryFolder.with { folder in
            let path = folder.appending(path: "x.safetensors").path
            var writer = try SafetensorsWriter(storage: storage)
            try first.withUnsafeBufferPointer { a in
                try second.withUnsafeBufferPointer { b in
                    let a = try #require(a.baseAddress)
                    let b = try #require(b.baseAddress)
                    writer.append(.init(name: "a", shape: [3, 2], numbers: a, rowOrder: rowOrder))
                    writer.append(.init(name: "b", shape: [2], numbers: b))
                    try writer.write(to: path)
                }
            }
            return Array(try Data(contentsOf: URL(filePath: path)))
        }
    }

    @Test(arguments: [TensorStorage.float32, .float16, .bfloat16])
    func `tensors come back from their file`(storage: TensorStorage) throws {
        let file = try SafetensorsFile(bytes: written(storage))
        #expect(file.metadata == ["format": "pt"])
        #expect(file.tensors.map(\.name) == ["a", "b"] && file.tensors.map(\.storage) == [storage, storage])
        let a = try #require(file.tensor(named: "a"))
        #expect(a.shape == [3, 2] && file.floats(a) == first)
        #expect(try file.floats(#require(file.tensor(named: "b"))) == second)
        #expect(file.tensor(named: "c") == nil)
    }

    @Test func `rows are written in the order that is asked for`() throws {
        let file = try SafetensorsFile(bytes: written(.float32, rowOrder: [2, 0, 1]))
        #expect(try file.floats(#require(file.tensor(named: "a"))) == [5, 6, 1, -2, 3.5, 0.25])
    }

    @Test func `the numbers of a written file begin at a multiple of 64 bytes`() throws {
        let bytes = try written(.float32)
        #expect(bytes.count % 64 == 32, "eight floats follow the header")
    }

    @Test func `blocks are not written`() {
        let error = #expect(throws: ModelFilesError.self) { try SafetensorsWriter(storage: .q80) }
        #expect(error?.code == .unsupportedFile && error?.message.contains("Q8_0") == true)
    }

    @Test func `a number that overflows is refused with its tensor, and leaves no file`() throws {
        try TemporaryFolder.with { folder in
            let numbers: [Float] = [1, 70000]
            var writer = try SafetensorsWriter(storage: .float16)
            let error = #expect(throws: ModelFilesError.self) {
                try numbers.withUnsafeBufferPointer {
                    writer.append(.init(name: "w", shape: [2], numbers: try #require($0.baseAddress)))
                    try writer.write(to: folder.appending(path: "x").path)
                }
            }
            #expect(error?.code == .unrepresentableNumber && error?.message.contains("tensor w has 70000") == true)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        }
    }

    /// A file with this header and `data` zero bytes.
    private func file(_ header: String, data: Int = 8, length: UInt64? = nil) -> [UInt8] {
        withUnsafeBytes(of: (length ?? UInt64(header.utf8.count)).littleEndian) { Array($0) } + header.utf8
            + [UInt8](repeating: 0, count: data)
    }

    @Test func `empty tensors and scalars are tensors`() throws {
        let header = """
            {"n":{"dtype":"F32","shape":[0,4],"data_offsets":[0,0]},"s":{"dtype":"F32","shape":[],"data_offsets":[0,4]},\
            "m":{"dtype":"F16","shape":[2],"data_offsets":[4,8]}}
            """
        let read = try SafetensorsFile(bytes: file(header))
        #expect(read.tensors.map(\.name) == ["n", "s", "m"])
        #expect(try read.floats(#require(read.tensor(named: "n"))).isEmpty)
        #expect(try read.floats(#require(read.tensor(named: "s"))) == [0])
    }

    @Test(arguments: [
        (#"{"t":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, 9, "fill the file's data"),
        (#"{"t":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, 7, "within the file's 7 bytes"),
        (#"{"t":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}"#, 8, "12 bytes apart"),
        (#"{"t":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}"#, 8, "data_offsets of tensor t"),
        (#"{"t":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}"#, 8, "data_offsets of tensor t"),
        (#"{"t":{"dtype":"F32","shape":[2],"data_offsets":[0,9223372036854775807]}}"#, 8, "data_offsets of tensor t"),
        (#"{"t":{"dtype":"F32","shape":[2],"data_offsets":[0,18446744073709551615]}}"#, 8, "data_offsets of tensor t"),
        (#"{"t":{"dtype":"F32","shape":[2],"data_offsets":[0,8,8]}}"#, 8, "data_offsets of tensor t"),
        (#"{"t":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}"#, 8, "shape of tensor t"),
        (#"{"t":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,8]}}"#, 8, "shape of tensor t"),
        (#"{"t":{"dtype":"F32","shape":[1099511627777],"data_offsets":[0,8]}}"#, 8, "shape of tensor t"),
        (#"{"t":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}}"#, 8, "shape of tensor t"),
        (#"{"t":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,2],"data_offsets":[0,8]}}"#, 8, "at most 8 sizes"),
        (#"{"t":{"shape":[2],"data_offsets":[0,8]}}"#, 8, "Tensor t must have a dtype"),
        (#"{"t":3}"#, 8, "Tensor t must have a dtype"),
        (#"{"t":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, 8, "those before it end at 0"),
        (
            #"{"t":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"u":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
            8, "the data_offsets of u begin at 4"
        ),
        (
            #"{"t":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"t":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#,
            8, "a key must occur once"
        ),
        (#"{"__metadata__":{"a":1}}"#, 0, "__metadata__ must be an object of strings; a is not"),
        (#"{"__metadata__":1}"#, 0, "__metadata__ must be an object of strings"),
        (#" {"t":{}}"#, 0, "must be a JSON object"), ("[]", 0, "must be a JSON object"),
        ("{}", 1, "fill the file's data"),
    ])
    func `a header that breaks the rules is refused with the field`(header: String, data: Int, rule: String) {
        let error = #expect(throws: ModelFilesError.self) { try SafetensorsFile(bytes: file(header, data: data)) }
        #expect(error?.code == .malformedFile && error?.message.contains(rule) == true, "\(error as Any)")
    }

    @Test(arguments: [0, 1, 3, 1 << 24 + 1, 1 << 63 - 1, 1 << 63, .max] as [UInt64])
    func `a header's length must be that of a header within the file`(length: UInt64) {
        let error = #expect(throws: ModelFilesError.self) {
            try SafetensorsFile(bytes: file("{}", data: 0, length: length))
        }
        #expect(error?.code == .malformedFile)
    }

    @Test func `a file without room for the length is refused`() {
        for count in 0..<9 {
            let error = #expect(throws: ModelFilesError.self) {
                try SafetensorsFile(bytes: [UInt8](repeating: 0, count: count))
            }
            #expect(error?.message.contains("length") == true)
        }
    }

    @Test func `an unknown type is refused by name`() {
        let header = #"{"t":{"dtype":"F8_E4M3","shape":[8],"data_offsets":[0,8]}}"#
        let error = #expect(throws: ModelFilesError.self) { try SafetensorsFile(bytes: file(header)) }
        #expect(error?.code == .unsupportedFile && error?.message.contains("F8_E4M3") == true)
    }
}
