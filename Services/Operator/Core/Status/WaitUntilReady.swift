import Foundation
import Ledger
public import Logging
import Recipe
public import ServiceKit
public import Wire

/// Waits until a run is ready: its hub answers, and of every role that the recipe starts somebody is there. A run that
/// has ended meanwhile was ready.
///
/// - Parameter limit: how long that may take; the run's folder need not exist before.
/// - Throws: `ServiceError` of code `deadline` that names who was waited for.
public func waitUntilReady(_ folder: RunFolder, within limit: Duration, logger: Logger) async throws -> Status {
    let deadline = ContinuousClock.now + limit
    var missing = "its hub"
    while true {
        if let status = try? await askHub(of: folder, limit: .seconds(2), logger: logger, { try await $0.status() }) {
            missing = missingRoles(status, try Recipe(contentsOf: folder.recipe.path))
            if missing.isEmpty || status.state != "running" { return status }
        } else if let status = try? Ledger.status(path: folder.ledger.path), status.state == "finished" {
            return status
        }
        guard .now < deadline else {
            throw ServiceError(
                .deadline,
                "The run in \(folder.url.path) was not ready within \(limit.formatted(.units())): it still waits for \(missing). "
                    + "Its logs are in \(folder.logs.path).")
        }
        try await Task.sleep(for: .milliseconds(200))
    }
}

/// The roles of a recipe that nobody has taken yet, in words; empty if there are none.
func missingRoles(_ status: Status, _ recipe: Recipe) -> String {
    let services = recipe.services
    let wanted: [(role: Role, count: Int)] = [
        (.learner, 1), (.generator, services.generators), (.sampler, services.samplers),
        (.verifier, recipe.ownVerifierCount), (.advantage, services.advantages),
    ]
    return wanted.filter { wanted in wanted.count > 0 && !status.workers.contains { $0.role == wanted.role } }
        .map { "\($0.role)" }.joined(separator: ", ")
}
