import Dispatch
import Foundation

/// Runs a closure at the first SIGINT or SIGTERM; a second one ends the process as usual.
final class DrainOnSignal {
    private let sources: [any DispatchSourceSignal]
    private static let signals = [SIGINT, SIGTERM]

    init(_ drain: @escaping @Sendable () async -> Void) {
        sources = Self.signals.map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler {
                signal(number, SIG_DFL)
                Task { await drain() }
            }
            source.resume()
            return source
        }
    }

    /// From now on either signal ends the process.
    func end() {
        for source in sources { source.cancel() }
        for number in Self.signals { signal(number, SIG_DFL) }
    }
}
