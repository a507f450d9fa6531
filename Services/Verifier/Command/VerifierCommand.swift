import ArgumentParser
import Foundation
import ServiceKit
import VerifierCore
import Wire

@main
struct VerifierCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eightfold-verifier", abstract: "Grades rollouts by the check of their problem.",
        discussion: "Example: eightfold-verifier --hub ipc:///run/user/0/eightfold-1/hub")

    @OptionGroup var options: WorkerOptions

    static func main() async {
        let arguments = CommandLine.arguments.dropFirst()
        if arguments.first == GradingService.argument {
            GradingService.run(memoryLimit: arguments.last.flatMap { Int($0) } ?? GradingService.memoryLimit)
        } else {
            await main(nil)
        }
    }

    func run() async throws {
        let own = Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0])
        try await runService(options, role: .verifier) { connection, logger in
            Verifier.worker(connection, executable: own, logger: logger)
        }
    }
}
