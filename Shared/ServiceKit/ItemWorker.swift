public import Logging
public import ServiceLifecycle
public import Wire

/// A service that turns one item at a time into its completion, several at once: generator, verifier and advantage.
public struct ItemWorker: Service {
    private let connection: HubConnection
    private let queue: Queue
    private let concurrency: Int
    private let logger: Logger
    private let work: @Sendable (Lease) async throws -> Complete

    /// Makes a worker of one queue.
    ///
    /// - Parameters:
    ///   - concurrency: how many items are worked on at once; as many again wait at hand.
    ///   - work: a pure function of the lease, so that doing it again is harmless. What it throws fails the lease; the
    ///     hub may give the item to another worker.
    public init(
        _ connection: HubConnection, queue: Queue, concurrency: Int, logger: Logger,
        work: @escaping @Sendable (Lease) async throws -> Complete
    ) {
        self.connection = connection
        self.queue = queue
        self.concurrency = concurrency
        self.logger = logger
        self.work = work
    }

    /// Works until the run is over.
    public func run() async throws {
        let leases = await connection.leases(of: queue, capacity: concurrency * 2)
        // On a graceful end nothing new is leased; what is at hand is finished.
        await withTaskGroup(of: Void.self) { ending in
            ending.addTask {
                await withDiscardingTaskGroup { group in
                    for await lease in leases {
                        group.addTask { await end(lease) }
                    }
                }
            }
            ending.addTask {
                try? await gracefulShutdown()
                await connection.withdraw(queue)
            }
            await ending.next()
            ending.cancelAll()
        }
    }

    private func end(_ lease: Lease) async {
        do {
            let complete: Complete
            do {
                complete = try await work(lease)
            } catch {
                logger.error("\(lease.item.id) failed: \(error)")
                return try await connection.fail(lease.id, reason: "\(error)", retriable: true)
            }
            try await connection.complete(complete)
        } catch let error as ServiceError where error.code == .closed {
            // The service is ending; the hub takes the lease back.
        } catch {
            logger.error("\(lease.item.id) could not be ended: \(error)")
        }
    }
}
