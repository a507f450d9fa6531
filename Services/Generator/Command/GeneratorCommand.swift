import ArgumentParser
import GeneratorCore
import ServiceKit
import Wire

@main
struct GeneratorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eightfold-generator", abstract: "Produces problems from families and data sets.",
        discussion: "Example: eightfold-generator --hub ipc:///run/user/0/eightfold-1/hub")

    @OptionGroup var options: WorkerOptions

    func run() async throws {
        try await runService(options, role: .generator) { connection, logger in
            ItemWorker(connection, queue: .orders, concurrency: 16, logger: logger) { try Generator.complete($0) }
        }
    }
}
