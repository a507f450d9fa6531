import ArgumentParser
import AdvantageCore
import ServiceKit
import Wire

@main
struct AdvantageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eightfold-advantage", abstract: "Turns verdicts into step values and experience.",
        discussion: "Example: eightfold-advantage --hub ipc:///run/user/0/eightfold-1/hub")

    @OptionGroup var options: WorkerOptions

    func run() async throws {
        try await runService(options, role: .advantage) { connection, logger in
            ItemWorker(connection, queue: .groups, concurrency: 16, logger: logger) { try Advantage.complete($0) }
        }
    }
}
