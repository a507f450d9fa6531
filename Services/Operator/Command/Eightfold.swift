import ArgumentParser
import Foundation
import OperatorCore

@main
struct Eightfold: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eightfold",
        abstract: "Reinforcement learning that teaches small language models mathematics, on CPUs.",
        discussion: """
            Exit codes: 0 for success; 1 if it could not be done; 2 if what was given is to be changed.

            Example: eightfold run deploy/recipes/quickstart.yaml
            """,
        groupedSubcommands: [
            CommandGroup(
                name: "Run",
                subcommands: [
                    RunCommand.self, StatusCommand.self, ScaleCommand.self, RequeueCommand.self, StopCommand.self,
                    TapCommand.self, TraceCommand.self, AuditCommand.self, ExportCommand.self, KeysCommand.self,
                    StudyCommand.self,
                ]),
            CommandGroup(
                name: "Model",
                subcommands: [
                    InitModelCommand.self, SolveCommand.self, SampleCommand.self, ScoreCommand.self, EvalCommand.self,
                ]),
            CommandGroup(
                name: "Mathematics", subcommands: [ProblemsCommand.self, EvolveCommand.self, GradeCommand.self]),
            CommandGroup(name: "Machine", subcommands: [BenchCommand.self]),
        ])

    /// Runs the command that the arguments name. A fault of theirs, too, is told in a sentence and ends with code 2.
    static func main() async {
        let name =
            "eightfold" + (CommandLine.arguments.dropFirst().first { commandNames.contains($0) }.map { " \($0)" } ?? "")
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            // Help and exit codes are the parser's to deal with.
            let isParsers = error is ExitCode || error is CleanExit || exitCode(for: error) == .success
            if isParsers { exit(withError: error) }
            let isUsage = exitCode(for: error) == .validationFailure
            let sentence = isUsage ? usage(message(for: error), name) : "\(error)"
            FileHandle.standardError.write(Data("\(name): \(sentence)\n".utf8))
            Foundation.exit(isUsage ? 2 : operatorExitCode(of: error))
        }
    }

    private static var commandNames: [String] {
        configuration.groupedSubcommands.flatMap { $0.subcommands }.compactMap { $0.configuration.commandName }
    }

    private static func usage(_ message: String, _ name: String) -> String {
        message + (message.hasSuffix(".") ? "" : ".") + " See `\(name) --help`."
    }
}
