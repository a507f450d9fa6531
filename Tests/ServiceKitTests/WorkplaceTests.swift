import Messaging
import ServiceLifecycle
import Testing
import Wire

@testable import ServiceKit

@Suite(.timeLimit(.minutes(5))) struct `A workplace` {
    /// Does what it is told.
    private struct Worker: Service {
        let work: @Sendable () async throws -> Void
        func run() async throws { try await work() }
    }

    private struct Fault: Error {}

    @Test func `ends without a fault where the end of the run cuts its worker off, whichever is noticed first`()
        async throws
    {
        let hub = try ScriptedHub()
        try await hub.listen()
        let connection = makeConnection(to: hub.endpoint)
        let worker = Worker { throw ServiceError(.closed, "verifier-1 has left the hub.") }
        try await Workplace(connection: connection, worker: worker).run()
        await hub.close()
    }

    @Test func `fails with its worker`() async throws {
        let hub = try ScriptedHub()
        try await hub.listen()
        let connection = makeConnection(to: hub.endpoint)
        await #expect(throws: Fault.self) {
            try await Workplace(connection: connection, worker: Worker { throw Fault() }).run()
        }
        await hub.close()
    }

    @Test func `fails with its connection, whatever the worker says`() async throws {
        let connection = makeConnection(to: try .init("inproc://nobody-at-all"), goneAfter: .milliseconds(10))
        let worker = Worker {
            await connection.finished()
            throw ServiceError(.closed, "verifier-1 has left the hub.")
        }
        let error = await #expect(throws: ServiceError.self) {
            try await Workplace(connection: connection, worker: worker).run()
        }
        #expect(error?.code == .hubGone)
    }
}
