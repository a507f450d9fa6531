import Basics
import Blobs
import Ledger
import Wire

/// Checkpoints, policy versions and the blobs behind them.
extension Exchange {
    /// The most bytes of a chunk that the hub takes or gives.
    static let mostChunkBytes = 1 << 20

    /// A checkpoint consumes the experience it names, in the order of training, and may publish a policy version.
    func commit(
        _ output: CheckpointOutput, _ complete: Complete, by session: Int64, _ role: Role,
        in transaction: LedgerTransaction, at now: Moment
    ) throws {
        guard Authority.of(role).checkpoints else { throw Refusal(.role, "A \(role) may not make a checkpoint.") }
        guard complete.groups.isEmpty, complete.items.isEmpty, complete.endings.isEmpty else {
            throw Refusal(.checkpoint, "A checkpoint has no other outputs.")
        }
        let newest = try transaction.newestCheckpoint()
        guard output.number == (newest?.number ?? 0) + 1 else {
            throw Refusal(
                .checkpoint, "The next checkpoint is number \((newest?.number ?? 0) + 1); got \(output.number).")
        }
        guard output.updates <= UInt64(Int64.max) else {
            throw Refusal(.checkpoint, "A checkpoint counts at most \(Int64.max) updates; got \(output.updates).")
        }
        guard let blob = output.blob, try transaction.blobSize(blob) != nil else {
            throw Refusal(.blobMissing, "A checkpoint's blob is uploaded before it; this one is not in the store.")
        }
        var chain = newest.map { ExperienceChain(head: $0.chain) } ?? ExperienceChain()
        var experience: [LedgerItem] = []
        for lease in complete.leases {
            let item = try held(lease, by: session, in: transaction).item
            guard item.queue == .experience else {
                throw Refusal(.checkpoint, "A checkpoint consumes experience; \(item.id) is in \(item.queue).")
            }
            // What is leased is never dropped.
            chain.append(id: item.id, body: try transaction.body(of: item.seq) ?? [])
            experience.append(item)
        }
        guard Set(complete.leases).count == complete.leases.count else {
            throw Refusal(.checkpoint, "A checkpoint names each experience once.")
        }
        guard output.chain == chain.head else {
            throw Refusal(
                .chain, "The chained hash of the experience consumed is \(chain.head); the learner has another one.")
        }
        var policy: ContentHash?
        if output.publishes {
            guard let named = output.policyBlob, try transaction.blobSize(named) != nil else {
                throw Refusal(
                    .blobMissing, "A policy's blob is uploaded before it is published; this one is not in the store.")
            }
            policy = named
        }

        try transaction.insert(
            LedgerCheckpoint(
                number: output.number, blob: blob, chain: chain.head, updates: output.updates,
                consumed: experience.count),
            at: now.unixMilliseconds)
        for (position, lease) in complete.leases.enumerated() {
            _ = forget(lease)
            try transaction.end(lease: lease, as: .completed, reason: "", at: now.unixMilliseconds)
            try transaction.consume(experience[position].seq, by: output.number, position: position)
            count(experience[position], from: .leased, to: .done)
        }
        if let policy {
            let version = newestPolicy.next
            try transaction.publish(version, blob: policy, checkpoint: output.number, at: now.unixMilliseconds)
            policies[version.number] = policy
            newestPolicy = version
        }
        // A learner goes on from the newest checkpoint and from no other.
        if let old = newest?.blob, old != blob, try transaction.forgetBlob(old) { forgottenBlobs.append(old) }
    }

    /// Deletes the files of blobs that the ledger has forgotten, now that this is committed.
    func deleteForgottenBlobs() {
        for blob in forgottenBlobs {
            do {
                try blobs.remove(blob)
            } catch {
                notices.append("The file of blob \(blob), which nothing needs any more, cannot be deleted: \(error)")
            }
        }
        forgottenBlobs = []
    }

    func blobPut(
        _ put: BlobPut, _ message: WireMessage, _ session: Int64, _ inbound: Inbound,
        in transaction: LedgerTransaction, at now: Moment
    ) throws {
        guard let role = sessions[session]?.role, Authority.of(role).uploads else {
            throw Refusal(.role, "Only a learner may upload blobs.")
        }
        guard let sha256 = put.sha256, put.size > 0, put.offset <= put.size else {
            throw Refusal(.blob, "An upload names its hash, its size and a place within it.")
        }
        let chunk = message.chunk ?? []
        guard chunk.count <= Self.mostChunkBytes, UInt64(chunk.count) <= put.size - put.offset else {
            throw Refusal(
                .blob, "A chunk has at most \(Self.mostChunkBytes) bytes and ends within the blob; got \(chunk.count).")
        }
        var reply = BlobChunk(sha256: sha256, size: put.size, to: message.envelope.id)
        if try transaction.blobSize(sha256) == nil {
            do {
                reply.offset =
                    chunk.isEmpty ? blobs.arrived(sha256) : try blobs.append(chunk, to: sha256, at: put.offset)
                reply.complete = try reply.offset == put.size && blobs.finish(sha256)
            } catch {
                throw Refusal(.blob, "Blob \(sha256) could not be stored: \(error). Is the hub's disk full?")
            }
            if reply.offset == put.size {
                guard reply.complete else {
                    throw Refusal(
                        .blob, "The \(put.size) bytes that arrived are not those of \(sha256). Upload it again.")
                }
                try transaction.insertBlob(sha256, size: put.size)
            }
        } else {
            reply.offset = put.size
            reply.complete = true
        }
        send(.blobChunk, reply.encoded(), to: inbound.peer, because: message.envelope.id, at: now)
    }

    func blobGet(
        _ get: BlobGet, _ message: WireMessage, _ inbound: Inbound, in transaction: LedgerTransaction, at now: Moment
    ) throws {
        guard let sha256 = get.sha256, let size = try transaction.blobSize(sha256), get.offset <= size,
            let chunk = try? blobs.chunk(sha256, at: get.offset, limit: min(max(1, get.limit), Self.mostChunkBytes))
        else {
            throw Refusal(
                .blobMissing,
                "There is no byte \(get.offset) of a blob \(get.sha256?.hexadecimal ?? "without a hash") to read.")
        }
        let reply = BlobChunk(sha256: sha256, size: size, offset: get.offset, to: message.envelope.id)
        send(.blobChunk, reply.encoded(), to: inbound.peer, because: message.envelope.id, at: now, chunk: chunk)
    }
}
