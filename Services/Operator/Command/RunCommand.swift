import ArgumentParser
import Foundation
import Logging
import OperatorCore
import Recipe
import ServiceKit

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Starts the hub and the services of a recipe, and shows how the run goes.",
        discussion: """
            Ctrl-C drains the run: what is under way is finished or given back, and every service ends; the exit code is \
            130 then. --resume goes on with it. A service that crashes is started again.

            Example: eightfold run deploy/recipes/quickstart.yaml --run runs/1 --samplers 2 --set seed=2
            """)

    @Argument(help: "The recipe's file; not needed with --resume.")
    var recipe: String?

    @Option(
        help: ArgumentHelp(
            "The run's folder. Default: a new one in runs/; with --resume the latest one.", valueName: "folder"))
    var run: String?

    @Option(help: "How many samplers, 0 to 1024. Default: the recipe's number.")
    var samplers: Int?

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp(
            "Overrides a key of the recipe, for instance stages.improve.beta=0.1.", valueName: "key=value"))
    var overrides: [String] = []

    @Flag(help: "Goes on with the run in the folder.")
    var resume = false

    @Option(
        help: ArgumentHelp(
            "A run whose rollouts are taken in place of sampling the same again, once for each: with the same seed and model another "
                + "method is tried on them.", valueName: "folder"))
    var recorded: [String] = []

    @Flag(
        help:
            "Runs the hub and all services in this process, for debugging. Nothing can be scaled or join from another host."
    )
    var inProcess = false

    @Flag(help: "Prints the resolved recipe and who would listen where, and ends.")
    var dryRun = false

    @Option(
        help: ArgumentHelp(
            "Lets services on other hosts in at this endpoint, for instance tcp://10.0.0.1:5560; needs --keys.",
            valueName: "endpoint"))
    var remote: String?

    @Option(help: ArgumentHelp("The hub's folder of keys, as `eightfold keys` made it.", valueName: "folder"))
    var keys: String?

    @Option(
        help: ArgumentHelp(
            "The level of the services' logs: trace, debug, info, notice, warning or error. Default: info; with "
                + "--in-process warning, and on standard error.", valueName: "level"))
    var logLevel: String?

    func validate() throws {
        guard samplers.map({ (0...1_024).contains($0) }) ?? true else {
            throw ValidationError("--samplers is 0 to 1024; got \(samplers ?? 0).")
        }
        guard logLevel.map({ Logger.Level(rawValue: $0) != nil }) ?? true else {
            throw ValidationError(
                "--log-level is one of trace, debug, info, notice, warning, error; got \(logLevel ?? "").")
        }
        guard !inProcess || remote == nil else {
            throw ValidationError("--in-process lets nobody in from another host: leave --remote out.")
        }
        guard resume || recipe != nil else {
            throw ValidationError("Name a recipe, for instance deploy/recipes/quickstart.yaml.")
        }
        guard remote == nil || keys != nil else {
            throw ValidationError(
                "Services on other hosts are let in by their keys only: --remote needs --keys. `eightfold keys` makes them."
            )
        }
    }

    func run() async throws {
        let recipe = try recipe.map { try Recipe(contentsOf: $0, overrides: overrides) }
        if dryRun, let recipe {
            print(RunLauncher.plan(recipe, samplers: samplers, remote: remote), terminator: "")
            return
        }
        let recorded = recorded.map { RunFolder($0) }
        if let missing = recorded.first(where: { !$0.hasState }) {
            throw ServiceError(
                .input, "--recorded names folders of runs; \(missing.url.path) holds none. Name one, or leave it out.")
        }
        var launcher =
            if !resume, let recipe {
                try RunLauncher.begin(recipe, in: RunFolder(run ?? RunLauncher.freshFolder(for: recipe)))
            } else {
                try RunLauncher.resume(RunFolder.chosen(run), expecting: recipe)
            }
        launcher.recorded = recorded
        launcher.folder.markLatest()
        if try !launcher.isFinished {
            show("The run is in \(launcher.folder.url.path).")
            if inProcess { try await runInProcess(launcher) } else { try await supervise(launcher, options) }
        }
        let table = try ResultTable(
            ledger: launcher.folder.ledger.path, blobs: launcher.folder.blobs, recipe: launcher.recipe)
        if !table.rows.isEmpty { show(table.text) }
        guard try launcher.isFinished else {
            let again = recorded.map { " --recorded \($0.url.path)" }.joined()
            show(
                "The run is not finished. Go on with it by: eightfold run --resume --run \(launcher.folder.url.path)\(again)"
            )
            // As a shell has it for a command that was interrupted.
            throw ExitCode(128 + SIGINT)
        }
    }

    private var options: Supervisor.Options {
        var options = Supervisor.Options(executables: .executables)
        options.samplers = samplers
        options.remote = remote
        options.keys = keys
        options.logLevel = logLevel ?? "info"
        return options
    }

    private func runInProcess(_ launcher: RunLauncher) async throws {
        let level = logLevel ?? "warning"
        let run = try InProcessRun(launcher, samplers: samplers) { serviceLogger($0, level: level) }
        let drain = DrainOnSignal { await run.stop() }
        defer { drain.end() }
        let view = RunView(launcher.recipe)
        defer { view.end() }
        try await run.run { view.show($0, $1) }
    }
}
