import ArgumentParser
import Foundation
import GeneratorCore
import ServiceKit
import Wire

@main
struct GeneratorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eightfold-generator", abstract: "Produces problems from families and data sets.",
        discussion: "Example: eightfold-generator --hub ipc:///run/user/0/eightfold-1/hub")

    @OptionGroup var options: WorkerOptions

    @Option(help: "The folder for data sets fetched from another host. Default: one in the user's cache.")
    var cache: String?

    func run() async throws {
        let folder =
            cache.map { URL(fileURLWithPath: $0) }
            ?? FileManager.default.urls(for: .cachesDirectory, in: .userDomainMask)[0].appendingPathComponent(
                "eightfold")
        try await runService(options, role: .generator) { connection, logger in
            try Generator.worker(connection, cache: folder, logger: logger)
        }
    }
}
