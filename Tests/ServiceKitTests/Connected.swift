import Logging
import Messaging
import Wire

@testable import ServiceKit

/// A connection to the endpoint that nothing runs yet.
func makeConnection(
    to endpoint: Endpoint, goneAfter: Duration = .seconds(60), curve: CurveOptions? = nil
) -> HubConnection {
    HubConnection(
        ConnectionSettings(
            endpoint: endpoint, role: .verifier, name: "verifier-1", goneAfter: goneAfter, curve: curve),
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
}

/// Runs a connection to a scripted hub while the body does.
func connected(
    goneAfter: Duration = .seconds(60), _ body: @Sendable @escaping (ScriptedHub, HubConnection) async throws -> Void
) async throws {
    let hub = try ScriptedHub()
    try await hub.listen()
    let connection = makeConnection(to: hub.endpoint, goneAfter: goneAfter)
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await connection.run() }
        do {
            try await body(hub, connection)
        } catch {
            group.cancelAll()
            throw error
        }
        group.cancelAll()
    }
    await hub.close()
}
