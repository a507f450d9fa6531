public import ArgumentParser
import Foundation
public import Logging
import Messaging
public import ServiceLifecycle
import UnixSignals
public import Wire

/// Runs a service's process from its options to its exit code.
///
/// - Parameters:
///   - numerics: the arithmetic and precision that it computes with; empty where it computes nothing.
///   - make: makes the worker; it runs until the run is over, and ends gracefully on SIGTERM and SIGINT.
/// - Throws: `ExitCode` 2 if the options cannot be used, 1 if the service had to give up; the reason was logged.
public func runService(
    _ options: WorkerOptions, role: Role, numerics: String = "",
    make: @Sendable (HubConnection, Logger) throws -> any Service
) async throws {
    let name = options.name ?? "\(role)-\(UInt32.random(in: 0 ... .max))"
    let logger = serviceLogger(name, level: options.logLevel)
    do {
        try LibraryVersion.check()
        let settings = ConnectionSettings(
            endpoint: try Endpoint(options.hub), role: role, name: name, numerics: numerics,
            goneAfter: .seconds(options.goneSeconds), curve: try options.keys.map { try clientKeys($0, role) })
        let connection = HubConnection(settings, logger: logger)
        let worker = try make(connection, logger)
        try await runServices(
            Workplace(connection: connection, worker: worker), untilStdinCloses: options.untilStdinCloses,
            logger: logger)
    } catch let error as ServiceError where error.code == .closed {
        // The run ended while the service still had something to say.
    } catch {
        logger.critical("\(error)")
        throw exitCode(of: error)
    }
}

/// Runs a service until it ends, a signal comes or the parent dies; on the latter two it ends gracefully.
public func runServices(_ service: any Service, untilStdinCloses: Bool, logger: Logger) async throws {
    // The last is the first to be asked to end, and one that ends before it is asked is a fault: so the watch comes first.
    let all: [any Service] = (untilStdinCloses ? [ParentWatch()] : []) + [service]
    var configuration = ServiceGroupConfiguration(
        services: all.map { .init(service: $0, successTerminationBehavior: .gracefullyShutdownGroup) },
        gracefulShutdownSignals: [.sigterm, .sigint],
        logger: Logger(label: "services") { _ in SwiftLogNoOpLogHandler() })
    configuration.maximumGracefulShutdownDuration = .seconds(10)
    try await ServiceGroup(configuration: configuration).run()
    // Its sockets are closed, and the last that it said may still be on its way out: a lost goodbye holds leases for long.
    try? ZMQContext.shared.terminate()
}

/// The log of a service: lines on standard error.
public func serviceLogger(_ name: String, level: String) -> Logger {
    var logger = Logger(label: name) { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = Logger.Level(rawValue: level) ?? .info
    return logger
}

/// 2 where the user can mend it, 1 otherwise.
public func exitCode(of error: any Error) -> ExitCode {
    if let error = error as? ServiceError { return error.code == .input ? ExitCode(2) : ExitCode(1) }
    return error is MessagingError ? ExitCode(2) : ExitCode(1)
}

/// The keys of a service: a folder with `ROLE.secret` and `hub.public`.
private func clientKeys(_ folder: String, _ role: Role) throws -> CurveOptions {
    .client(
        server: try PublicKey(file: "\(folder)/hub.public"), own: try KeyPair(secretFile: "\(folder)/\(role).secret"))
}
