import ArgumentParser
import Foundation
import Logging
import OperatorCore
import Recipe
import ServiceKit
import Synchronization

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Starts the hub and the services of a recipe, and shows how the run goes.",
        discussion: """
            Ctrl-C drains the run and ends it with exit code 130; --resume goes on with it.

            Example: eightfold run deploy/recipes/quickstart.yaml --run runs/1 --samplers 2 --set seed=2
            """)

    @Argument(help: "The recipe; not needed with --resume.")
    var recipe: String?

    @Option(help: ArgumentHelp("The run's folder. Default: a new one in runs/.", valueName: "folder"))
    var run: String?

    @Option(help: "How many samplers. Default: the recipe's number.")
    var samplers: Int?

    @Option(name: .customLong("set"), help: ArgumentHelp("Overrides a key of the recipe, for instance stages.improve.beta=0.1.", valueName: "key=value"))
    var overrides: [String] = []

    @Flag(help: "Goes on with the run in the folder.")
    var resume = false

    @Flag(help: "Prints the resolved recipe and ends.")
    var dryRun = false

    @Option(help: "Lets services on other hosts in at this endpoint, for instance tcp://10.0.0.1:5560; needs --keys.")
    var remote: String?

    @Option(help: ArgumentHelp("The folder of keys that `eightfold keys` made.", valueName: "folder"))
    var keys: String?

    @Option(help: "The level of the services' logs: trace, debug, info, notice, warning or error.")
    var logLevel = "info"

    func run() async throws {
        let logger = serviceLogger("eightfold", level: "warning")
        do {
            let launcher = try makeLauncher()
            if dryRun { return }
            try await supervise(launcher, logger)
        } catch let error as RecipeError {
            throw fail("\(error)")
        } catch let error as ServiceError {
            throw fail("\(error)", code: ServiceKit.exitCode(of: error))
        }
    }

    private func makeLauncher() throws -> RunLauncher {
        if resume {
            guard let run else { throw ServiceError(.input, "--resume needs the run's folder: --run FOLDER.") }
            return try RunLauncher.resume(RunFolder(run))
        }
        guard let path = recipe else { throw ServiceError(.input, "Name a recipe, for instance deploy/recipes/quickstart.yaml.") }
        let recipe = try Recipe(contentsOf: path, overrides: overrides)
        if dryRun {
            print(recipe.resolvedYAML(), terminator: "")
            return RunLauncher(folder: RunFolder(run ?? "runs"), recipe: recipe)
        }
        return try RunLauncher.begin(recipe, in: RunFolder(run ?? RunLauncher.freshFolder(for: recipe)))
    }

    private func supervise(_ launcher: RunLauncher, _ logger: Logger) async throws {
        if try !launcher.isFinished { try await runToItsEnd(launcher, logger) }
        let table = try ResultTable(ledger: launcher.folder.ledger.path, recipe: launcher.recipe)
        if !table.rows.isEmpty { print(table.text) }
        guard try launcher.isFinished else {
            print("The run is not finished. Go on with it: eightfold run --run \(launcher.folder.url.path) --resume")
            // As a shell has it for a command that was interrupted.
            throw ExitCode(128 + SIGINT)
        }
    }

    private func runToItsEnd(_ launcher: RunLauncher, _ logger: Logger) async throws {
        var options = Supervisor.Options(executables: Bundle.main.executableURL!.deletingLastPathComponent())
        options.samplers = samplers
        options.remote = remote
        options.keys = keys
        options.logLevel = logLevel
        let supervisor = try Supervisor(launcher, options: options, logger: logger)
        let drain = DrainOnSignal { await supervisor.stop() }
        defer { drain.end() }
        print("The run is in \(launcher.folder.url.path).")
        let view = Mutex(ProgressLine())
        let isTerminal = isatty(STDOUT_FILENO) == 1
        try await supervisor.run { status, children in
            let line = view.withLock { $0.line(status, children, at: .now) }
            FileHandle.standardOutput.write(Data((isTerminal ? "\r\u{1b}[K\(line)" : "\(line)\n").utf8))
        }
        if isTerminal { print() }
    }

    private func fail(_ message: String, code: ExitCode = ExitCode(2)) -> ExitCode {
        FileHandle.standardError.write(Data("eightfold run: \(message)\n".utf8))
        return code
    }
}
