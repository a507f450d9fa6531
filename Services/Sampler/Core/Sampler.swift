import Blobs
public import Foundation
public import LanguageModel
public import Logging
public import ServiceKit
public import ServiceLifecycle
import Wire

/// Samples rollouts and continuations from the policy versions that requests name.
public struct Sampler: Service {
    private let connection: HubConnection
    private let slotCount: Int
    private let threadCount: Int
    private let precision: Precision
    private let cache: URL
    private let recorded: RecordedRuns
    private let logger: Logger

    /// Makes a sampler.
    ///
    /// - Parameters:
    ///   - slotCount: rollouts decoded at once.
    ///   - threadCount: threads to compute with.
    ///   - precision: of the products' operands; every rollout carries its name.
    ///   - cache: the folder for policies that must be fetched, and for packed weights.
    ///   - recorded: runs whose rollouts are taken in place of sampling the same again.
    public init(
        _ connection: HubConnection, slotCount: Int, threadCount: Int, precision: Precision, cache: URL,
        recorded: [RunFolder] = [], logger: Logger
    ) {
        self.connection = connection
        self.slotCount = slotCount
        self.threadCount = threadCount
        self.precision = precision
        self.cache = cache
        self.recorded = RecordedRuns(recorded, numerics: Numerics.name(precision), logger)
        self.logger = logger
    }

    /// Samples until the run is over. On a graceful end no new request is leased and those at hand are given back; they
    /// come out the same in another sampler.
    public func run() async throws {
        let blobs = try BlobStore(directory: cache)
        let decoding = DecodingThread(
            slotCount: slotCount, threadCount: threadCount, precision: precision, packed: PackedFiles(folder: cache)
        ) { [logger] in logger.warning("\($0)") }
        let leases = await connection.leases(of: .requests, capacity: slotCount + slotCount / 2)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await take(leases, into: decoding, blobs) }
            group.addTask { await deliver(decoding.ended) }
            group.addTask {
                try? await gracefulShutdown()
                await connection.withdraw(.requests)
            }
            // The stream of leases ends when the run is over, the connection has ended, or the sampler is to end.
            await group.next()
            decoding.stop()
            let unfinished = await connection.held(of: .requests)
            if !unfinished.isEmpty {
                try? await connection.release(unfinished)
                logger.info("\(unfinished.count) requests were given back.")
            }
            group.cancelAll()
        }
    }

    private func take(_ leases: AsyncStream<Lease>, into decoding: DecodingThread, _ blobs: BlobStore) async {
        await withDiscardingTaskGroup { group in
            for await lease in leases {
                do {
                    let request = try Request(decoding: lease.item.body)
                    guard let sha256 = request.policySHA256,
                        let attachment = lease.attachments.first(where: { $0.item == lease.item.problem })
                    else {
                        throw SamplerError(
                            message: "A request comes with its problem and its policy; \(lease.item.id) does not.")
                    }
                    let seed = try await connection.welcomed().seed
                    if let rollouts = await recorded.rollouts(of: lease, request, attachment.body, sha256, seed: seed) {
                        // The next request does not wait for the hub's answer to this one.
                        group.addTask { await complete(lease, rollouts) }
                        continue
                    }
                    let problem = try Problem(decoding: attachment.body)
                    let file = try await connection.fetch(sha256, into: blobs)
                    decoding.submit(
                        DecodingThread.Job(
                            lease: lease, request: request, question: problem.question, policyFile: file,
                            policySHA256: sha256, runSeed: seed))
                } catch {
                    await fail(lease, error)
                }
            }
        }
    }

    private func deliver(_ ended: AsyncStream<DecodingThread.Ended>) async {
        var tokens: UInt64 = 0
        await withDiscardingTaskGroup { group in
            for await end in ended {
                switch end.rollouts {
                case .success(let rollouts):
                    tokens += UInt64(rollouts.reduce(0) { $0 + $1.tokens.count })
                    await connection.note(tokens: tokens)
                    // The next job does not wait for the hub's answer to this one.
                    group.addTask { await complete(end.job.lease, rollouts) }
                case .failure(let error):
                    group.addTask { await fail(end.job.lease, error) }
                }
            }
        }
    }

    private func complete(_ lease: Lease, _ rollouts: [Rollout]) async {
        let item = lease.item
        let outputs = rollouts.enumerated().map { index, rollout in
            NewItem(
                item: Item(
                    id: "r\(index)", queue: .rollouts, purpose: item.purpose, stage: item.stage, round: item.round,
                    body: rollout.encoded(), refersTo: [item.problem], problem: item.problem),
                group: 0, owns: SlotRange(first: index, count: 1))
        }
        do {
            try await connection.complete(Complete(leases: [lease.id], items: outputs))
        } catch {
            logger.warning("\(item.id) was sampled for nothing: \(error)")
        }
    }

    private func fail(_ lease: Lease, _ error: any Error) async {
        logger.error("\(lease.item.id) cannot be sampled: \(error)")
        try? await connection.fail(lease.id, reason: "\(error)", retriable: true)
    }
}
