import OperatorCore
import ServiceKit
import Synchronization

/// Runs a launched run with its services as processes, drains it at the first signal, and shows how it goes; returns whether no signal
/// came.
@discardableResult
func supervise(_ launcher: RunLauncher, _ options: Supervisor.Options) async throws -> Bool {
    let supervisor = try Supervisor(
        launcher, options: options, logger: serviceLogger("eightfold", level: "warning"))
    let isAsked = Asked()
    let drain = DrainOnSignal {
        isAsked.flag.store(true, ordering: .relaxed)
        await supervisor.stop()
    }
    defer { drain.end() }
    let view = RunView(launcher.recipe)
    defer { view.end() }
    try await supervisor.run { view.show($0, $1) }
    return !isAsked.flag.load(ordering: .relaxed)
}

/// Whether someone has asked for the end.
private final class Asked: Sendable {
    let flag = Atomic(false)
}
