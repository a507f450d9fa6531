import ArgumentParser
import Foundation
import Ledger
import OperatorCore
import ServiceKit

struct TraceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace",
        abstract: "Prints one problem's whole history: who did what when, rollouts, verdicts, step values.",
        discussion: """
            It is read from the ledger, of a live run or a dead one. `eightfold tap --queue problems` and `eightfold \
            audit` name problems.

            Example: eightfold trace 2.0.1.2199023255617 --run runs/quickstart-1
            """)

    @Argument(help: "The problem's id.")
    var problem: String

    @OptionGroup var chosen: RunOption

    @Flag(help: "Prints one JSON object.")
    var json = false

    func run() throws {
        let folder = try chosen.folder
        let trace = try Trace.problem(problem, ledger: folder.ledger.path, blobs: folder.blobs)
        show(json ? trace.json : trace.text)
    }
}
