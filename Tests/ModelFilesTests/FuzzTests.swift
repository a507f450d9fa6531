import Basics
import Foundation
import Fuzzing
import Testing

@testable import ModelFiles

/// Damaged files load, and then every number in them can be read, or end in an error with a message. Each format has a
/// process of its own with bounded memory; memory beyond a file's end may not be read there.
@Suite struct `Damaged files` {
    /// A small file of each storage, with every kind of metadata.
    private static let ggufFiles: [[UInt8]] = TensorStorage.allCases.map { storage in
        let columns = max(storage.blockCount, 4)
        let byteCount = storage.byteCount(2 * columns)
        let padded = (byteCount + 31) / 32 * 32
        let strings = RawGGUF.bytes("a") + RawGGUF.bytes("bc") + RawGGUF.bytes("")
        let nested = RawGGUF.bytes(UInt32(0)) + RawGGUF.bytes(UInt64(2)) + [1, 2]
        return RawGGUF(
            pairs: [
                ("general.alignment", RawGGUF.bytes(UInt32(4)) + RawGGUF.bytes(UInt32(32))),
                ("name", RawGGUF.bytes(UInt32(8)) + RawGGUF.bytes("text")), ("strings", RawGGUF.array(8, 3, strings)),
                ("nested", RawGGUF.array(9, 1, nested)), ("flag", RawGGUF.bytes(UInt32(7)) + [1]),
                ("wide", RawGGUF.bytes(UInt32(12)) + RawGGUF.bytes(UInt64(7))),
                ("floats", RawGGUF.array(6, 2, [0, 0, 0, 0, 1, 1, 1, 1])),
            ],
            tensors: [
                .init(name: "m", sizes: [UInt64(columns), 2], type: storage.ggufType),
                .init(name: "v", sizes: [3], offset: UInt64(padded)),
            ],
            data: (0..<(padded + 12)).map { UInt8(truncatingIfNeeded: $0 * 7) }
        ).bytes
    }

    private static let header =
        #"{"__metadata__": {"format": "pt"}, "#
        + #""a": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, "#
        + #""b": {"dtype": "F16", "shape": [4], "data_offsets": [24, 32]}, "#
        + #""c": {"dtype": "BF16", "shape": [], "data_offsets": [32, 34]}}"#

    private static func safetensors(_ header: [UInt8]) -> [UInt8] {
        RawGGUF.bytes(UInt64(header.count)) + header + (0..<34).map { UInt8($0) }
    }

    /// Whether it was read; the error must say something.
    private static func tries(_ body: () throws(ModelFilesError) -> Void) -> Bool {
        do throws(ModelFilesError) {
            try body()
            return true
        } catch {
            precondition(error.message.count > 20, "an error that says nothing: \(error)")
            return false
        }
    }

    @Test func `damaged GGUF files`() async {
        let result = await #expect(processExitsWith: .success) {
            try FuzzRun.play("gguf", slice: 2600) { seed, generator in
                let whole = Self.ggufFiles[Int(seed) % Self.ggufFiles.count]
                let damaged = Mutation.bytes(whole, focus: 0..<480, using: &generator)
                return Self.tries { () throws(ModelFilesError) in
                    let file = try GGUFFile(FileBytes(guarding: damaged))
                    var bytes = 0
                    for tensor in file.tensors {
                        precondition(file.floats(tensor).count == tensor.count)
                        bytes += tensor.byteCount
                        if let mapped = file.mappedFloats([tensor]) { precondition(mapped.count == tensor.count) }
                    }
                    precondition(bytes <= damaged.count, "tensors of \(bytes) bytes in \(damaged.count)")
                }
            }
        }
        FuzzRun.report("gguf", failed: result == nil)
    }

    @Test func `damaged safetensors files`() async {
        let result = await #expect(processExitsWith: .success) {
            try FuzzRun.play("safetensors", slice: 1000) { seed, generator in
                let header = Array(Self.header.utf8)
                // Half of the files have a header whose length is right, so that what it says is reached.
                let damaged =
                    seed % 2 == 0
                    ? Self.safetensors(Mutation.text(header, using: &generator))
                    : Mutation.bytes(Self.safetensors(header), focus: 0..<(8 + header.count), using: &generator)
                return Self.tries { () throws(ModelFilesError) in
                    let file = try SafetensorsFile(FileBytes(guarding: damaged))
                    for tensor in file.tensors { precondition(file.floats(tensor).count == tensor.count) }
                }
            }
        }
        FuzzRun.report("safetensors", failed: result == nil)
    }

    @Test func `damaged JSON`() async {
        let result = await #expect(processExitsWith: .success) {
            try FuzzRun.play("json", slice: 400) { _, generator in
                let damaged = GuardedBytes(Mutation.text(Array(Self.header.utf8), using: &generator))
                defer { damaged.release() }
                return Self.tries { () throws(ModelFilesError) in
                    let value = try JSONParser.parse(damaged.bytes, "a test")
                    let again = value.bytes
                    let read = try FileBytes(copying: again).parsed
                    precondition(read == value, "what was written is read as another value")
                }
            }
        }
        FuzzRun.report("json", failed: result == nil)
    }

    @Test func `damaged indices of folders`() async {
        let result = await #expect(processExitsWith: .success) {
            let index = #"{"metadata": {}, "weight_map": {"a": "m.safetensors", "b": "m.safetensors"}}"#
            try TemporaryFolder.with { url in
                try Data(Self.safetensors(Array(Self.header.utf8))).write(to: url.appending(path: "m.safetensors"))
                try Data("no model".utf8).write(to: url.deletingLastPathComponent().appending(path: "x.safetensors"))
                let folder = try #require(InputFolder(path: url.path))
                try FuzzRun.play("index", slice: 300) { _, generator in
                    let damaged = Mutation.text(Array(index.utf8), using: &generator)
                    try Data(damaged).write(to: url.appending(path: "model.safetensors.index.json"))
                    return Self.tries { () throws(ModelFilesError) in
                        let files = try SafetensorsFolder(folder)
                        for name in files.names { precondition(files.tensor(named: name) != nil) }
                    }
                }
            }
        }
        FuzzRun.report("index", failed: result == nil)
    }

    @Test func `a file that takes for ever is felt`() async {
        await #expect(processExitsWith: .signal(SIGALRM)) {
            try FuzzRun.play("for-ever", slice: 1, mostSeconds: 1) { _, _ in
                while true {}
            }
        }
        FuzzRun.report("for-ever", failed: false)
    }

    @Test func `the bound of memory is felt`() async {
        #if os(Linux)
            await #expect(processExitsWith: .exitCode(7)) {
                try FuzzRun.limitMemory()
                // Mapped, for the compiler leaves out allocations that it can do without.
                func isThere(_ count: Int) -> Bool {
                    mmap(nil, count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0) != MAP_FAILED
                }
                exit(isThere(FuzzRun.mostMemory / 2) && !isThere(FuzzRun.mostMemory) ? 7 : 8)
            }
        #endif
    }

    @Test func `reading past the end is felt`() async {
        await #expect(processExitsWith: .signal(SIGSEGV)) {
            let guarded = GuardedBytes([1, 2, 3])
            precondition(guarded.bytes[2] == 3)
            exit(Int32(guarded.bytes.baseAddress.unsafelyUnwrapped.load(fromByteOffset: 3, as: UInt8.self)))
        }
    }
}

extension FileBytes {
    fileprivate var parsed: JSONValue {
        get throws(ModelFilesError) {
            defer { withExtendedLifetime(self) {} }
            return try JSONParser.parse(bytes, "a test")
        }
    }
}
