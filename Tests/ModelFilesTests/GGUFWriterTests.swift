import Foundation
import Testing

@testable import ModelFiles

@Suite struct `GGUF writer` {
    /// Writes a vector, a matrix whose rows are whole blocks and one whose rows are not, and reads the file back.
    private func written(_ storage: TensorStorage, _ numbers: [Float]) throws -> (file: GGUFFile, bytes: [UInt8]) {
        try TemporaryFolder.with { folder in
            let path = folder.appending(path: "x.gguf").path
            try numbers.withUnsafeBufferPointer { buffer in
                let start = try #require(buffer.baseAddress)
                var writer = try GGUFWriter(storage: storage)
                writer.append(.init(name: "vector", sizes: [64], numbers: start))
                writer.append(.init(name: "blocks", sizes: [64, 3], numbers: start + 64))
                writer.append(.init(name: "odd", sizes: [20, 2], numbers: start + 256))
                try writer.write(to: path)
            }
            return (try GGUFFile(path: path), Array(try Data(contentsOf: URL(filePath: path))))
        }
    }

    private let numbers = (0..<296).map { Float($0 - 148) / 8 }

    @Test(arguments: [
        (TensorStorage.float32, TensorStorage.float32, UInt32(0)), (.float16, .float16, 1), (.bfloat16, .bfloat16, 32),
        (.q80, .float16, 7),
    ])
    func `tensors come back in the storage that their sizes allow`(
        storage: TensorStorage, odd: TensorStorage, fileType: UInt32
    ) throws {
        let (file, _) = try written(storage, numbers)
        #expect(file.tensors.map(\.storage) == [.float32, storage, odd])
        #expect(file.metadata["general.file_type"] == .uint32(fileType))
        #expect(file.tensors.allSatisfy { $0.fileOffset % 64 == 0 })
        let tolerance: Float = storage == .q80 ? 0.08 : storage == .bfloat16 ? 0.05 : 0
        for (tensor, first) in zip(file.tensors, [0, 64, 256]) {
            let worst = zip(file.floats(tensor), numbers[first...]).map { abs($0 - $1) }.max() ?? .infinity
            #expect(worst <= (tensor.storage == .float32 ? 0 : tolerance), "\(tensor.name)")
        }
    }

    @Test func `other storages are refused by name`() {
        for storage in TensorStorage.allCases where !TensorStorage.writable.contains(storage) {
            let error = #expect(throws: ModelFilesError.self) { try GGUFWriter(storage: storage) }
            #expect(error?.code == .unsupportedFile && error?.message.contains(storage.name) == true)
        }
    }

    @Test func `a number that the storage cannot hold is refused with its tensor`() throws {
        var numbers = numbers
        numbers[70] = 1e6
        let error = #expect(throws: ModelFilesError.self) { try written(.float16, numbers) }
        #expect(error?.code == .unrepresentableNumber)
        #expect(error?.message.contains("tensor blocks has 1000000.0") == true, "\(error as Any)")
        // Vectors are never narrowed.
        numbers[70] = 0
        numbers[3] = .infinity
        #expect(throws: Never.self) { try written(.float16, numbers) }
    }

    @Test func `more numbers than are converted at a time come back`() throws {
        try TemporaryFolder.with { folder in
            let path = folder.appending(path: "x.gguf").path
            let many = (0..<(200 * 1024)).map { Float($0 % 2001) }
            try many.withUnsafeBufferPointer { buffer in
                var writer = try GGUFWriter(storage: .float16)
                writer.append(.init(name: "m", sizes: [1024, 200], numbers: try #require(buffer.baseAddress)))
                try writer.write(to: path)
            }
            let file = try GGUFFile(path: path)
            #expect(file.floats(file.tensors[0]) == many)
        }
    }

    @Test func `floats without gaps are used where they lie`() throws {
        let (file, _) = try written(.float32, numbers)
        let tensors = file.tensors
        // 64 and 192 floats fill whole cache lines, so the three follow each other.
        let mapped = try #require(file.mappedFloats(tensors))
        #expect(Array(UnsafeBufferPointer(start: mapped.start, count: mapped.count)) == numbers)
        #expect(Int(bitPattern: mapped.start) % 64 == 0)
        let last = try #require(file.mappedFloats([tensors[2]]))
        #expect(last.count == 40 && last.start[0] == numbers[256])
        #expect(file.mappedFloats([]) == nil)
        #expect(file.mappedFloats([tensors[1], tensors[0]]) == nil, "another order")
        #expect(file.mappedFloats([tensors[0], tensors[2]]) == nil, "a gap")
        let half = try written(.float16, numbers).file
        #expect(half.mappedFloats([half.tensors[1]]) == nil && half.mappedFloats([half.tensors[0]]) != nil)
    }

    @Test func `floats that a file's alignment leaves askew are not used where they lie`() throws {
        let value = RawGGUF.bytes(UInt32(4)) + RawGGUF.bytes(UInt32(1))
        var raw = RawGGUF(
            pairs: [("general.alignment", value)], tensors: [.init()], data: [0, 0, 128, 63, 0, 0, 0, 64], alignment: 1)
        while raw.header.count % 4 == 0 { raw.tensors[0].name += "t" }
        let file = try GGUFFile(bytes: raw.bytes)
        #expect(file.mappedFloats(file.tensors) == nil)
        #expect(file.floats(file.tensors[0]) == [1, 2])
    }

    @Test func `mapped floats outlive the file's value`() throws {
        func mapped() throws -> MappedFloats? {
            let file = try written(.float32, numbers).file
            return file.mappedFloats(file.tensors)
        }
        let floats = try #require(try mapped())
        #expect(floats.start[0] == numbers[0])
    }
}
