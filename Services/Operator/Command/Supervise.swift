import OperatorCore
import ServiceKit

/// Runs a launched run with its services as processes, drains it at the first signal, and shows how it goes.
func supervise(_ launcher: RunLauncher, _ options: Supervisor.Options) async throws {
    let supervisor = try Supervisor(
        launcher, options: options, logger: serviceLogger("eightfold", level: "warning"))
    let drain = DrainOnSignal { await supervisor.stop() }
    defer { drain.end() }
    let view = RunView(launcher.recipe)
    defer { view.end() }
    try await supervisor.run { view.show($0, $1) }
}
