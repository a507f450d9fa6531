import Blobs
import Foundation
import Ledger
public import Logging
import Messaging
import Recipe
public import ServiceKit
import ServiceLifecycle

/// Runs the hub's process from its options to its exit code.
///
/// - Throws: `ExitCode` 2 if the options or the folder cannot be used, 1 if the ledger failed; the reason was logged.
public func runHub(_ options: HubOptions) async throws {
    let logger = serviceLogger("hub", level: options.logLevel)
    do {
        try LibraryVersion.check()
        let folder = RunFolder(options.run)
        guard folder.hasState else {
            throw ServiceError(.input, "\(folder.url.path) holds no run. `eightfold run` makes one and starts its hub.")
        }
        // The services of an `eightfold run` that was killed end within 10 s, its hub among them.
        guard let lock = try await FileLock.take(folder.hubLock, within: .seconds(15)) else {
            throw ServiceError(
                .input, "\(folder.url.path) has a hub at work, and a ledger has one writer. Stop that one first.")
        }
        defer { withExtendedLifetime(lock) {} }
        let hub = try makeHub(folder, logger: logger)
        let local = try await hub.listen(at: try Endpoint(options.listen))
        let tap = try await hub.listenForTap(at: try Endpoint(options.tap))
        let remote = try await listenForOtherHosts(hub, options, formerly: folder.formerRemote)
        try folder.publish(
            RunFolder.Endpoints(hub: "\(local)", tap: "\(tap)", remote: remote.map { "\($0)" }))
        logger.info("The hub listens at \(local)\(remote.map { " and, for other hosts, at \($0)" } ?? "").")
        // While the lock is held nobody else has published there.
        defer { folder.withdrawEndpoints() }
        try await runServices(hub, untilStdinCloses: options.untilStdinCloses, logger: logger)
    } catch let error as ServiceError where error.code == .closed {
        logger.notice("\(error)")
    } catch {
        logger.critical("\(error)")
        throw exitCode(of: error)
    }
}

/// - Parameter former: where the hub before this one listened, if it was killed: services on other hosts look for it there,
///   though the system chose the port.
private func listenForOtherHosts(_ hub: HubService, _ options: HubOptions, formerly former: Endpoint?) async throws
    -> Endpoint?
{
    guard let remote = options.remote else { return nil }
    guard let keys = options.keys else {
        throw ServiceError(
            .input,
            "Services on other hosts are let in by their keys only; give --keys with --remote \(remote). `eightfold keys` makes them."
        )
    }
    let endpoint = try Endpoint(remote)
    let curve = CurveOptions.server(
        try KeyPair(secretFile: "\(keys)/hub.secret").secretKey, allowed: try AllowList(directory: keys))
    if let former, case .tcp(let host, 0) = endpoint, case .tcp(host, _) = former {
        do {
            return try await hub.listen(at: former, curve: curve)
        } catch let error as MessagingError where error.code == .bindFailed {
            // The port is another program's by now.
        }
    }
    return try await hub.listen(at: endpoint, curve: curve)
}

extension RunFolder {
    /// Where a hub that could not take it back said that it listens for other hosts.
    fileprivate var formerRemote: Endpoint? {
        (try? readEndpoints())?.remote.flatMap { try? Endpoint($0) }
    }
}

/// Makes the hub of a run's folder.
public func makeHub(_ folder: RunFolder, logger: Logger) throws -> HubService {
    let recipe = try Recipe(contentsOf: folder.recipe.path)
    let blobs = try BlobStore(directory: folder.blobs)
    return try HubService(
        ledger: try Ledger(
            path: folder.ledger.path, durability: recipe.hub.durability == .durable ? .durable : .processCrash,
            blobs: blobs),
        blobs: blobs, settings: ExchangeSettings(recipe.hub, recipe.verification),
        incarnation: String(UInt64.random(in: 0 ... .max), radix: 36), logger: logger)
}

extension ExchangeSettings {
    /// The hub's part of a recipe.
    init(_ recipe: HubSettings, _ verification: VerificationSettings) {
        self.init()
        leaseMilliseconds = Int(recipe.leaseSeconds * 1_000)
        heartbeatMilliseconds = Int(recipe.heartbeatSeconds * 1_000)
        holdMilliseconds = Int(recipe.holdSeconds * 1_000)
        attempts = recipe.attempts
        problemsInFlight = recipe.problemsInFlight
        fanOutPerProblem = recipe.fanOutPerProblem
        minimumFreeBytes = UInt64(recipe.minimumFreeGigabytes * 1e9)
        keepsPayloads = recipe.keepPayloads
        panel = VerifierPanel(
            verification.verifiers.names, rule: verification.rule == .allAgree ? .allAgree : .firstThatDecides)
    }
}
