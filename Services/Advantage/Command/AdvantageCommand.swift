import ArgumentParser
import AdvantageCore
import ServiceKit
import Wire

@main
struct AdvantageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eightfold-advantage", abstract: "Turns verdicts into step values and experience.",
        discussion: "Example: eightfold-advantage --hub ipc:///run/user/0/eightfold-1/hub")

    @Flag(
        help: "Finds first pits by exact values, which puzzles have, also where the run's recipe does not say so.")
    var exactValues = false

    @OptionGroup var options: WorkerOptions

    func run() async throws {
        let exactValues = exactValues
        try await runService(options, role: .advantage) { connection, logger in
            ItemWorker(connection, queue: .groups, concurrency: 16, logger: logger) {
                try Advantage.complete($0, exactValues: exactValues)
            }
        }
    }
}
