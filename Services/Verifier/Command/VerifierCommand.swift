import ArgumentParser
import VerifierCore
import ServiceKit
import Wire

@main
struct VerifierCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eightfold-verifier", abstract: "Grades rollouts by the check of their problem.",
        discussion: "Example: eightfold-verifier --hub ipc:///run/user/0/eightfold-1/hub")

    @OptionGroup var options: WorkerOptions

    func run() async throws {
        try await runService(options, role: .verifier) { connection, logger in
            ItemWorker(connection, queue: .rollouts, concurrency: 16, logger: logger) { try Verifier.complete($0) }
        }
    }
}
