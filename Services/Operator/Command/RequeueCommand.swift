import ArgumentParser
import OperatorCore
import ServiceKit
import Wire

struct RequeueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "requeue", abstract: "Puts a dead letter back into its queue, as if it had never been tried.",
        discussion: """
            `eightfold status` lists the dead letters. One whose group is whole already cannot be put back: what followed \
            from its end stays.

            Example: eightfold requeue 2.0.3.17.q
            """)

    @Argument(help: "The dead letter's id.")
    var id: String

    @OptionGroup var chosen: RunOption

    func run() async throws {
        let folder = try chosen.folder
        try await command(
            Command(kind: .requeue, item: id), hubOf: folder, logger: serviceLogger("eightfold", level: "error"))
        show("\(id) waits in its queue again.")
    }
}
