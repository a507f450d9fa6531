import ArgumentParser
import Foundation
import Ledger
import OperatorCore
import ServiceKit
import Wire

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Shows how a run is: services, queues, leases, dead letters, policy version, and who waits for whom.",
        discussion: """
            Of a run that is not running it shows what the ledger tells.

            Example: eightfold status --run runs/quickstart-1 --json
            """)

    @OptionGroup var chosen: RunOption

    @Flag(help: "Prints one JSON object.")
    var json = false

    @Flag(help: "Waits until the hub answers and a service of every role is there.")
    var waitReady = false

    @Option(help: ArgumentHelp("How long --wait-ready waits, in seconds.", valueName: "seconds"))
    var within = 60.0

    func validate() throws {
        guard within > 0, within < 1e6 else {
            throw ValidationError("--within is a number of seconds above 0; got \(within).")
        }
    }

    func run() async throws {
        let status = try await status()
        let report = StatusReport(status)
        show(json ? report.json.json : report.text)
    }

    private func status() async throws -> Status {
        let logger = serviceLogger("eightfold", level: "error")
        if waitReady {
            // The folder need not be there yet, so it must be named.
            let folder = try chosen.run.map { RunFolder($0) } ?? chosen.folder
            return try await waitUntilReady(folder, within: .seconds(within), logger: logger)
        }
        let folder = try chosen.folder
        if folder.hasState, !folder.isPublished { return try Ledger.status(path: folder.ledger.path) }
        return try await askHub(of: folder, logger: logger) { try await $0.status(withDeadLetters: true) }
    }
}
