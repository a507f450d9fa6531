public import Foundation
public import Logging
public import ServiceKit
import Wire

extension Verifier {
    /// Makes the worker that grades a hub's rollouts in a process of its own.
    ///
    /// - Parameter executable: the verifier's program, which serves as that process too.
    public static func worker(_ connection: HubConnection, executable: URL, logger: Logger) -> ItemWorker {
        let grading = GradingProcess(
            executable: executable, arguments: [GradingService.argument, "\(GradingService.memoryLimit)"],
            note: { logger.warning("\($0)") })
        return ItemWorker(connection, queue: .rollouts, concurrency: 16, logger: logger) {
            try await complete($0, by: grading)
        }
    }
}
