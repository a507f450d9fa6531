import Foundation
import Synchronization
import Testing
import Tokenization

@testable import LanguageModel

@Suite struct `Packed weights in a file` {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("packed-\(UUID().uuidString)")
    private let model: Model

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        model = try testModel(TestShapes.grouped)
    }

    private var file: String { folder.appendingPathComponent("weights.packed").path }

    private func decoded(_ precision: Precision, file: String?) throws -> (rollouts: [DecodedRollout], failure: String?)
    {
        let batch = ContinuousBatch(
            model: model, slotCount: 3, precision: precision, packedFile: file, threadCount: 2)
        try batch.submit(
            RolloutRequest(prompt: [1, 2, 3], seeds: [1, 2, 3], settings: DecodingSettings(maximumNewTokens: 8)))
        var rollouts: [DecodedRollout] = []
        while !batch.isEmpty { rollouts += batch.step() }
        return (rollouts, batch.sharingFailure?.message)
    }

    private var names: Set<String> {
        get throws { try Set(FileManager.default.contentsOfDirectory(atPath: folder.path)) }
    }

    /// What there is in the end: the file, and the lock of the folder.
    private static let left: Set = ["weights.packed", "packed.lock"]

    @Test(arguments: Precision.allCases)
    func `are made by the first, used by the next, and decode as those in memory`(precision: Precision) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let expected = try decoded(precision, file: nil).rollouts
        for _ in 0..<2 {
            let found = try decoded(precision, file: file)
            #expect(found.rollouts == expected && found.failure == nil)
            #expect(try names == Self.left)
        }
    }

    @Test(arguments: [0, 1_000, -64, -56])
    func `are made anew where a byte is damaged`(place: Int) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let expected = try decoded(.bf16, file: file).rollouts
        let whole = try Data(contentsOf: URL(fileURLWithPath: file))
        var bytes = whole
        bytes[place >= 0 ? place : bytes.count + place] ^= 4
        try bytes.write(to: URL(fileURLWithPath: file))
        #expect(try decoded(.bf16, file: file).rollouts == expected)
        #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == whole)
        #expect(try names == Self.left)
    }

    @Test func `are made over what a killed process has left`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(repeating: 7, count: 100).write(to: URL(fileURLWithPath: file + ".draft"))
        #expect(try decoded(.bf16, file: file).rollouts == decoded(.bf16, file: nil).rollouts)
        #expect(try names == Self.left)
    }

    @Test func `are in memory where the file cannot be made, and why is told`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let nowhere = folder.appendingPathComponent("missing/weights.packed").path
        let found = try decoded(.fp32, file: nowhere)
        #expect(try found.rollouts == decoded(.fp32, file: nil).rollouts)
        #expect(found.failure?.contains("missing/weights.packed") == true)
        #expect(try names.isEmpty)
    }

    @Test func `are not waited for without end, and who holds them up is told`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let lock = open(folder.appendingPathComponent("packed.lock").path, O_RDWR | O_CREAT, 0o600)
        defer { close(lock) }
        try #require(flock(lock, LOCK_EX) == 0)
        let error = #expect(throws: LanguageModelError.self) {
            _ = try PackedWeights(sharing: file, byteCount: 64, patience: .milliseconds(20)) { _ in }
        }
        #expect(error?.message.contains("another process has held its lock") == true)
        #expect(error?.message.contains("packed.lock for 0.02 seconds. End that process, or") == true)
    }

    @Test func `are packed once however many want them at once`() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let bytes = 1 << 16
        let path = file
        let fills = Counter()
        let sums = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    let weights = try PackedWeights(sharing: path, byteCount: bytes) { memory in
                        fills.count.withLock { $0 += 1 }
                        memory.initializeMemory(as: UInt8.self, repeating: 3, count: bytes)
                    }
                    return UnsafeRawBufferPointer(start: weights.start, count: bytes).reduce(0) { $0 + Int($1) }
                }
            }
            return try await group.reduce(into: [Int]()) { $0.append($1) }
        }
        #expect(sums == Array(repeating: 3 * bytes, count: 8))
        #expect(fills.count.withLock { $0 } == 1)
        #expect(try names == Self.left)
    }
}

/// Counts on any thread.
private final class Counter: Sendable {
    let count = Mutex(0)
}
