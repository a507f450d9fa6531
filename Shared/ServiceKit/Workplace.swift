public import ServiceLifecycle

/// A worker and its connection to the hub as one service.
///
/// They do not end alike: on a graceful end the worker still has things to say, so the connection is closed after it;
/// when the run is over or the hub is gone the worker has nobody to talk to, so it is cancelled. A `ServiceGroup` takes
/// two services that end in an order of their own for a fault, so it gets one.
public struct Workplace: Service {
    /// The connection, which the worker uses.
    public let connection: HubConnection
    private let worker: any Service

    /// Puts a worker and its connection together.
    public init(connection: HubConnection, worker: any Service) {
        self.connection = connection
        self.worker = worker
    }

    /// Works until the run is over, the worker has ended gracefully, or the hub has been gone for too long.
    public func run() async throws {
        try await withThrowingTaskGroup(of: Ending.self) { group in
            group.addTask {
                try await connection.run()
                return .connection
            }
            group.addTask {
                do {
                    try await worker.run()
                } catch let error as ServiceError where error.code == .closed {
                    // The connection has ended; whether that is a fault it says itself, perhaps after this.
                }
                return .worker
            }
            let first = try await group.next()
            group.cancelAll()
            do {
                while try await group.next() != nil {}
            } catch  where first == .connection {
                // What a worker says of being cut off at the run's end is no fault.
            }
        }
    }

    private enum Ending { case connection, worker }
}
