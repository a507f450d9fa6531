import ArgumentParser
import OperatorCore

struct KeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Makes the keys by which services on other hosts are let in.",
        discussion: """
            Makes one CURVE key pair for each role, and the hub's, and says what to copy where. Secret keys are readable by \
            this user only. A pair that exists is never overwritten; a role that was left out can be added later.

            Example: eightfold keys --to keys sampler verifier
            """)

    @Option(help: ArgumentHelp("The folder to make them in.", valueName: "folder"))
    var to: String

    @Argument(help: "The roles: generator, sampler, verifier, advantage, learner.")
    var roles: [String] = KeyFolders.roles.map { "\($0)" }

    func run() throws {
        let roles = try roles.map { try KeyFolders.role(named: $0) }
        let folders = KeyFolders(to)
        try folders.make(roles)
        show(folders.advice(roles))
    }
}
