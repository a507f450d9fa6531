public import Logging
import Messaging
public import ServiceKit
public import Wire

/// Asks a run's hub something, as an operator, over a connection that lasts as long as that takes.
///
/// - Parameters:
///   - limit: how long the hub may be silent.
///   - ask: what is asked; it may wait for the welcome and for answers.
/// - Throws: `ServiceError` of code `input` if there is no run or it is not running, `hubGone` after the limit, `refused`
///   with the hub's reason, and what `ask` throws.
public func askHub<Answer: Sendable>(
    of folder: RunFolder, limit: Duration = .seconds(5), logger: Logger,
    _ ask: @escaping @Sendable (HubConnection) async throws -> Answer
) async throws -> Answer {
    let endpoint = try Endpoint(try folder.readEndpoints().hub)
    let connection = HubConnection(
        ConnectionSettings(
            endpoint: endpoint, role: .operator, name: "operator-\(UInt32.random(in: 0 ... .max))", goneAfter: limit),
        logger: logger)
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await connection.run() }
        do {
            _ = try await connection.welcomed()
            let answer = try await ask(connection)
            // It says goodbye, so that the hub need not miss it.
            group.cancelAll()
            try await group.waitForAll()
            return answer
        } catch {
            group.cancelAll()
            throw error
        }
    }
}

/// Gives a run's hub a command.
///
/// - Throws: as `askHub`.
public func command(_ command: Command, hubOf folder: RunFolder, logger: Logger) async throws {
    try await askHub(of: folder, logger: logger) { connection in
        do {
            try await connection.command(command)
        } catch let error as ServiceError where error.code == .closed && command.kind == .stopRun {
            // The hub's stop message reaches this operator, too, and may do so before the answer.
        } catch let error as ServiceError where error.reasonCode == "command" {
            // What was asked for cannot be done, and something else can.
            throw ServiceError(.input, error.message, reasonCode: error.reasonCode)
        }
    }
}
