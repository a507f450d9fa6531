import Basics
import Blobs
@testable import HubCore
import HubSimulation
import Testing
import Wire

@Suite struct `Checkpoints` {
    /// Two experiences of stage 0 wait, and the learner.
    static func learning() throws -> (Bench, BenchPeer) {
        let bench = try Bench(stages: [(.supervised, 1)], orders: 1, problems: 2)
        try bench.drive(.stages)
        try bench.drive(.orders)
        return (bench, try bench.join(.learner))
    }

    static func upload(_ text: String, _ learner: BenchPeer) throws -> ContentHash {
        let bytes = Array(text.utf8)
        let put = BlobPut(sha256: ContentHash(of: bytes), size: UInt64(bytes.count))
        let reply = try #require(try learner.say(.blobPut, put.encoded(), chunk: bytes).last)
        #expect(try BlobChunk(decoding: reply.payload).complete)
        return ContentHash(of: bytes)
    }

    static func chain(_ leases: [Lease]) -> ContentHash {
        var chain = ExperienceChain()
        for lease in leases { chain.append(id: lease.item.id, body: lease.item.body) }
        return chain.head
    }

    /// Trains on all experience of stage 0.
    static func train(_ bench: Bench, publishes: Bool) throws {
        let learner = try bench.join(.learner)
        let leases = try learner.lease(.experience, 100)
        let output = CheckpointOutput(
            number: 1, blob: try upload("state", learner), chain: chain(leases), updates: 1, publishes: publishes,
            policyBlob: publishes ? try upload("weights", learner) : nil)
        #expect(try learner.complete(Complete(leases: leases.map(\.id), checkpoint: output)).code == .ok)
    }

    @Test func `a checkpoint consumes experience once and publishes the next policy version`() throws {
        let (bench, learner) = try Self.learning()
        let leases = try learner.lease(.experience, 2)
        let weights = try Self.upload("weights", learner)
        let output = CheckpointOutput(
            number: 1, blob: try Self.upload("state", learner), chain: Self.chain(leases), updates: 4, publishes: true,
            policyBlob: weights)
        let complete = Complete(leases: leases.map(\.id), checkpoint: output)
        #expect(try learner.complete(complete).code == .ok)
        #expect(try learner.complete(complete).code == .alreadyDone)
        #expect(bench.counts(.experience) == QueueStatus(queue: "experience", done: 2))
        #expect(bench.exchange.newestPolicy.number == 1 && bench.exchange.policies[1] == weights)
        let point = try learner.leaseOne(.stages)
        #expect(point.unconsumedExperience == 0 && point.checkpoint?.number == 1 && point.policyBlob == weights)
        #expect(point.basePolicyBlob != nil && point.basePolicyBlob != weights)
    }

    @Test func `the blob of the checkpoint before is deleted, but none that is a policy's`() throws {
        let bench = try Bench(stages: [(.supervised, 1)], orders: 1, problems: 4)
        try bench.drive(.stages)
        try bench.drive(.orders)
        let learner = try bench.join(.learner)
        var chain = ExperienceChain()
        // The second checkpoint's blob is published, too.
        for (number, blob) in ["first", "second", "third", "fourth"].enumerated() {
            let lease = try #require(try learner.lease(.experience).first)
            chain.append(id: lease.item.id, body: lease.item.body)
            let sha256 = try Self.upload(blob, learner)
            let output = CheckpointOutput(
                number: UInt64(number + 1), blob: sha256, chain: chain.head, updates: 1, publishes: number == 1,
                policyBlob: number == 1 ? sha256 : nil)
            #expect(try learner.complete(Complete(leases: [lease.id], checkpoint: output)).code == .ok)
        }
        let names = ["first", "second", "third", "fourth"].map { ContentHash(of: Array($0.utf8)) }
        #expect(names.map { bench.hub.blobs.size($0) != nil } == [false, true, false, true])
        // What is gone may be uploaded again, and what is there is not asked for again.
        let get = BlobGet(sha256: names[0]).encoded()
        expectRefused(try learner.ask(.blobGet, get), "blob-missing")
        #expect(try Self.upload("first", learner) == names[0])
    }

    @Test func `files that the ledger does not know are deleted when the hub starts`() throws {
        let (bench, learner) = try Self.learning()
        let known = try Self.upload("state", learner)
        let unknown = try bench.hub.blobs.add([UInt8](repeating: 1, count: 9))
        try bench.hub.restart()
        #expect(bench.hub.blobs.size(known) == 5)
        #expect(bench.hub.blobs.size(unknown) == nil)
    }

    @Test func `a checkpoint with another number, chain, order or blob is refused and changes nothing`() throws {
        let (bench, learner) = try Self.learning()
        let leases = try learner.lease(.experience, 2)
        let whole = CheckpointOutput(
            number: 1, blob: try Self.upload("state", learner), chain: Self.chain(leases), updates: 1)
        let ids = leases.map(\.id)
        let nowhere = ContentHash(of: [0])
        let wrong: [(String, (inout CheckpointOutput) -> Void)] = [
            ("checkpoint", { $0.number = 2 }), ("checkpoint", { $0.number = 0 }), ("checkpoint", { $0.updates = .max }),
            ("blob-missing", { $0.blob = nowhere }), ("blob-missing", { $0.blob = nil }),
            ("blob-missing", { $0.publishes = true }),
            ("chain", { $0.chain = nowhere }), ("chain", { $0.chain = nil }),
        ]
        for (code, change) in wrong {
            var output = whole
            change(&output)
            expectRefused(try learner.complete(Complete(leases: ids, checkpoint: output)), code)
        }
        expectRefused(try learner.complete(Complete(leases: ids.reversed(), checkpoint: whole)), "chain")
        expectRefused(try learner.complete(Complete(leases: ids + [ids[0]], checkpoint: whole)), "checkpoint")
        expectRefused(try learner.complete(Complete(leases: [ids[0]])), "checkpoint")
        let more = Complete(leases: ids, endings: [SlotEnding(slot: 0, end: .result)], checkpoint: whole)
        expectRefused(try learner.complete(more), "checkpoint")
        #expect(bench.counts(.experience).leased == 2)
        #expect(try learner.complete(Complete(leases: ids, checkpoint: whole)).code == .ok)
    }

    @Test func `only a learner makes checkpoints and uploads`() throws {
        let (bench, learner) = try Self.learning()
        let verifier = try bench.join(.verifier)
        expectRefused(
            try verifier.ask(.blobPut, BlobPut(sha256: ContentHash(of: [1]), size: 1).encoded(), chunk: [1]), "role")
        // A decision point is no experience.
        let output = CheckpointOutput(number: 1, blob: try Self.upload("state", learner), chain: Self.chain([]))
        let point = try learner.leaseOne(.stages)
        expectRefused(try learner.complete(Complete(leases: [point.id], checkpoint: output)), "checkpoint")
    }

    @Test func `an upload goes on where it broke off, also after a restart`() throws {
        let (bench, learner) = try Self.learning()
        let bytes = [UInt8](0..<100)
        let sha256 = ContentHash(of: bytes)
        func put(_ range: Range<Int>, _ peer: BenchPeer) throws -> BlobChunk {
            let put = BlobPut(sha256: sha256, size: 100, offset: UInt64(range.lowerBound))
            let reply = try #require(try peer.say(.blobPut, put.encoded(), chunk: Array(bytes[range])).last)
            return try BlobChunk(decoding: reply.payload)
        }
        #expect(try put(0..<40, learner).offset == 40)
        #expect(try put(70..<100, learner).offset == 40, "Not the next chunk.")
        try bench.hub.restart()
        try learner.hello()
        #expect(try put(40..<40, learner).offset == 40)
        let whole = try put(40..<100, learner)
        #expect(whole.complete && whole.offset == 100)
        #expect(try put(0..<40, learner).complete, "It is there already.")

        let get = BlobGet(sha256: sha256, offset: 90, limit: 1_000)
        let reply = try #require(try learner.say(.blobGet, get.encoded()).last)
        #expect(reply.chunk == Array(bytes[90...]))
    }

    @Test func `bytes that are not those of the hash are refused`() throws {
        let (_, learner) = try Self.learning()
        let put = BlobPut(sha256: ContentHash(of: [1, 2]), size: 2)
        expectRefused(try learner.ask(.blobPut, put.encoded(), chunk: [3, 4]), "blob")
        #expect(try Self.upload("\u{1}\u{2}", learner) == ContentHash(of: [1, 2]))
    }

    @Test func `places outside a blob are refused and the hub stays up`() throws {
        let (_, learner) = try Self.learning()
        let sha256 = try Self.upload("state", learner)
        for offset: UInt64 in [6, 1 << 63, .max] {
            expectRefused(try learner.ask(.blobGet, BlobGet(sha256: sha256, offset: offset).encoded()), "blob-missing")
            expectRefused(try learner.ask(.blobPut, BlobPut(sha256: sha256, size: 5, offset: offset).encoded()), "blob")
        }
        expectRefused(try learner.ask(.blobGet, BlobGet(sha256: ContentHash(of: [9])).encoded()), "blob-missing")
        expectRefused(try learner.ask(.blobPut, BlobPut(sha256: sha256, size: 2).encoded(), chunk: [1, 2, 3]), "blob")
    }
}
