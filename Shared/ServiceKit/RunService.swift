import ArgumentParser
import Foundation
public import Logging
import Messaging
public import ServiceLifecycle
import UnixSignals
public import Wire

/// Runs a service's process from its options to its exit code.
///
/// - Parameters:
///   - numerics: the kernel set that it computes with; empty where it computes nothing.
///   - make: makes the worker; it runs until the run is over, and ends gracefully on SIGTERM and SIGINT.
/// - Throws: `ExitCode` 2 if the options cannot be used, 1 if the service had to give up; the reason was logged.
public func runService(
    _ options: WorkerOptions, role: Role, numerics: String = "",
    make: @Sendable (HubConnection, Logger) throws -> any Service
) async throws {
    let name = options.name ?? "\(role)-\(UInt32.random(in: 0 ... .max))"
    var logger = Logger(label: name) { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = Logger.Level(rawValue: options.logLevel) ?? .info
    do {
        try LibraryVersion.check()
        let settings = ConnectionSettings(
            endpoint: try Endpoint(options.hub), role: role, name: name, numerics: numerics,
            goneAfter: .seconds(options.goneSeconds), curve: nil)
        let connection = HubConnection(settings, logger: logger)
        let worker = try make(connection, logger)
        var services: [ServiceGroupConfiguration.ServiceConfiguration] = [
            .init(service: connection, successTerminationBehavior: .gracefullyShutdownGroup),
            .init(service: worker, successTerminationBehavior: .gracefullyShutdownGroup),
        ]
        if options.untilStdinCloses {
            services.append(.init(service: ParentWatch(), successTerminationBehavior: .gracefullyShutdownGroup))
        }
        var configuration = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        configuration.maximumGracefulShutdownDuration = .seconds(10)
        try await ServiceGroup(configuration: configuration).run()
    } catch let error as ServiceError where error.code == .closed {
        // The run ended while the service still had something to say.
    } catch let error as MessagingError {
        logger.critical("\(error)")
        throw ExitCode(2)
    } catch {
        logger.critical("\(error)")
        throw (error as? ServiceError)?.code == .input ? ExitCode(2) : ExitCode(1)
    }
}

extension HubConnection: Service {}

extension ItemWorker: Service {}
