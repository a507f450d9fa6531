import ArgumentParser
import HubCore
import ServiceKit

@main
struct HubCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eightfold-hub",
        abstract: "Keeps a run's queues, leases and ledger, and hands work to whoever has credit.",
        discussion: "Example: eightfold-hub --run runs/1 (a folder that `eightfold run` made)")

    @OptionGroup var options: HubOptions

    func run() async throws {
        try await runHub(options)
    }
}
