import ArgumentParser
import Foundation
import Ledger
import OperatorCore
import ServiceKit

struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract:
            "Proves from a run's ledger that every problem has one outcome and every experience was trained on once.",
        discussion: """
            Compares the ledger with itself, with the chained hash of every checkpoint, and with the blobs in the run's \
            folder. The run may be live or dead; nothing is written. The exit code is 1 if something contradicts something, \
            and the ids are printed.

            Example: eightfold audit --run runs/quickstart-1
            """)

    @OptionGroup var chosen: RunOption

    @Flag(help: "Prints one JSON object.")
    var json = false

    func run() throws {
        let folder = try chosen.folder
        let report = try Audit.report(ledger: folder.ledger.path, blobs: folder.blobs)
        show(json ? report.json : report.text)
        if !report.isClean { throw ExitCode(1) }
    }
}
