import OperatorCore
import Recipe
import Synchronization
import Wire

/// Shows a run's progress on the screen, from whichever task polls the hub.
final class RunView: Sendable {
    private let state: Mutex<(progress: ProgressView, screen: Screen)>

    init(_ recipe: Recipe) {
        state = Mutex((ProgressView(recipe: recipe), Screen()))
    }

    func show(_ status: Status, _ children: [Supervisor.ChildStatus]) {
        state.withLock { state in
            let lines = state.progress.lines(status, children, at: .now)
            state.screen.show(lines)
        }
    }

    /// Goes on below what was shown.
    func end() {
        state.withLock { $0.screen.end() }
    }
}
