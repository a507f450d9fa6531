import Basics
import Wire

/// The learner: at a decision point it consumes the experience of the round before by checkpoints, then decides.
///
/// It dies of every refusal, as a process would that lost what it trained on, and goes on from the ledger's checkpoint.
final class ScriptedLearner: ScriptedWorker {
    private var point: Lease?
    private var remaining = 0
    private var chain = ExperienceChain()
    private var checkpoints: UInt64 = 0
    private var experience: [String: Lease] = [:]
    private var training: Training?

    /// A checkpoint under way: blobs to upload, then the completion.
    private struct Training {
        let leases: [Lease]
        let chain: ExperienceChain
        let publishes: Bool
        var blobs: [[UInt8]]
        var hashes: [ContentHash] = []
    }

    override func wanted() -> [Credit] {
        guard let point else { return [Credit(queue: .stages, items: held.isEmpty ? 1 : 0)] }
        let missing = training == nil && remaining > 0 ? max(0, remaining - experience.count) : 0
        return [
            Credit(queue: .stages, items: 0),
            Credit(queue: .experience, items: missing, stage: point.item.stage, round: max(0, point.item.round - 1)),
        ]
    }

    override func work(at now: Int64) throws {
        for (_, holding) in held.sorted(by: { $0.key < $1.key }) {
            let lease = holding.lease
            if lease.item.queue == .experience {
                if lease.id > experience[lease.item.id]?.id ?? 0 { experience[lease.item.id] = lease }
            } else if point == nil || point?.id ?? 0 < lease.id {
                begin(lease)
            }
        }
        guard let point, held[point.id]?.isEnding == false, training == nil else { return }
        if remaining == 0 {
            held[point.id]?.isEnding = true
            request(.complete, try script.complete(point).encoded(), ending: [point.id], at: now)
        } else if experience.count == remaining {
            train(at: now)
        }
    }

    private func begin(_ lease: Lease) {
        point = lease
        remaining = Int(lease.unconsumedExperience)
        checkpoints = lease.checkpoint?.number ?? 0
        chain = (lease.checkpoint?.chain).map { ExperienceChain(head: $0) } ?? ExperienceChain()
        training = nil
        stateCredit()
    }

    private func train(at now: Int64) {
        let part = experience.values.sorted { $0.item.id < $1.item.id }.prefix(script.recipe.experiencePerCheckpoint)
        var next = chain
        for lease in part { next.append(id: lease.item.id, body: lease.item.body) }
        let publishes = part.count == remaining
        let names = ["checkpoint \(checkpoints + 1)"] + (publishes ? ["policy after \(checkpoints + 1)"] : [])
        training = Training(leases: Array(part), chain: next, publishes: publishes, blobs: names.map { Array($0.utf8) })
        upload(from: 0, at: now)
    }

    private func upload(from offset: Int, at now: Int64) {
        guard let training, let bytes = training.blobs.first else { return }
        // In two chunks, so that an upload can break off between them.
        let chunk = Array(bytes[offset..<min(bytes.count, offset + (bytes.count + 1) / 2)])
        let put = BlobPut(sha256: ContentHash(of: bytes), size: UInt64(bytes.count), offset: UInt64(offset))
        request(.blobPut, put.encoded(), chunk: chunk, at: now)
    }

    override func stored(_ chunk: BlobChunk, at now: Int64) {
        guard let bytes = training?.blobs.first, chunk.sha256 == ContentHash(of: bytes) else { return }
        guard chunk.complete else { return upload(from: Int(chunk.offset), at: now) }
        training?.blobs.removeFirst()
        training?.hashes.append(ContentHash(of: bytes))
        guard let training, training.blobs.isEmpty else { return upload(from: 0, at: now) }
        let output = CheckpointOutput(
            number: checkpoints + 1, blob: training.hashes[0], chain: training.chain.head, updates: checkpoints + 1,
            publishes: training.publishes, policyBlob: training.publishes ? training.hashes[1] : nil)
        let leases = training.leases.map(\.id)
        request(.complete, Complete(leases: leases, checkpoint: output).encoded(), ending: leases, at: now)
    }

    override func ended(_ leases: [UInt64], accepted: Bool, at now: Int64) {
        guard accepted else {
            isDead = true
            return
        }
        if let training, leases == training.leases.map(\.id) {
            for lease in training.leases { experience[lease.item.id] = nil }
            remaining -= training.leases.count
            chain = training.chain
            checkpoints += 1
            self.training = nil
        } else if leases == [point?.id ?? 0] {
            point = nil
        }
    }
}
