import ArgumentParser
import Foundation
import OperatorCore
import ServiceKit
import Wire

struct StopCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stop", abstract: "Stops a run: no more work is handed out, and every service ends.",
        discussion: """
            Nothing is lost: `eightfold run --resume` goes on with the run.

            Example: eightfold stop --run runs/quickstart-1
            """)

    @OptionGroup var chosen: RunOption

    func run() async throws {
        let folder = try chosen.folder
        try await command(Command(kind: .stopRun), hubOf: folder, logger: serviceLogger("eightfold", level: "error"))
        show(
            "The run in \(folder.url.path) is being stopped; go on with it by: eightfold run --resume --run \(folder.url.path)"
        )
    }
}
