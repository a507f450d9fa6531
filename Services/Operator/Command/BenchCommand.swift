import ArgumentParser
import Foundation
import OperatorCore

struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measures the hub, or the engine, on this machine.",
        discussion: """
            docs/benchmarks.md says what is measured and how. Let nothing else run meanwhile, and compare only what was \
            measured in one sitting.

            Example: eightfold bench hub
            """,
        subcommands: [BenchHubCommand.self, BenchEngineCommand.self, BenchWorkCommand.self])
}

struct BenchHubCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hub", abstract: "Measures how many completions a hub commits a second.",
        discussion: """
            Starts eightfold-hub as a child process on a ledger in a folder of the current one, and gives it work with 10, 100 \
            and 1000 simulated samplers, synced and not. Takes a few minutes and 800 MB of disk, and removes all of it.

            Example: eightfold bench hub --json
            """)

    @Flag(help: "Prints one JSON object.")
    var json = false

    func run() async throws {
        let bench = HubBench(
            HubBench.Plan(), executables: .executables,
            place: URL(fileURLWithPath: FileManager.default.currentDirectoryPath))
        let measurement = Task { try await bench.run { remark($0) } }
        // Cancelled, it ends its hub and removes its folder.
        let drain = DrainOnSignal { measurement.cancel() }
        defer { drain.end() }
        let report: HubBenchReport
        do {
            report = try await measurement.value
        } catch is CancellationError {
            remark("The benchmark was interrupted.")
            throw ExitCode(128 + SIGINT)
        }
        show(json ? report.json.json : report.text)
    }
}

struct BenchEngineCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "engine",
        abstract: "Measures how fast the engine trains and decodes, beside this machine's sgemm.",
        discussion: """
            With random weights, for the quickstart's 0.8M-parameter model and for one of 135M parameters. Takes a few \
            minutes and 4 GB of memory.

            Example: eightfold bench engine --threads 2
            """)

    @Flag(help: "Prints one JSON object.")
    var json = false

    @OptionGroup var threads: ThreadsOption

    func run() throws {
        let report = try EngineBench(EngineBench.Plan(threadCount: threads.count)).run { remark($0) }
        show(json ? report.json.json : report.text)
    }
}
