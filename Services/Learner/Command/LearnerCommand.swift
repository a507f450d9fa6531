public import ArgumentParser
import Foundation
public import LanguageModel
import LearnerCore
import ServiceKit
import Wire

@main
struct LearnerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eightfold-learner",
        abstract: "Trains, checkpoints, publishes policy versions, drives the recipe.",
        discussion: "Example: eightfold-learner --hub ipc:///run/user/0/eightfold-1/hub --folder runs/1/learner")

    @OptionGroup var options: WorkerOptions

    @Option(help: "Threads to compute with; 0 for all cores.")
    var threads = 0

    @Option(help: "How products' operands are held: fp32 or bf16.")
    var precision = Precision.fp32

    @Option(help: "Where files are put before they are uploaded.")
    var folder: String

    func validate() throws {
        guard (0...256).contains(threads) else { throw ValidationError("--threads is 0 to 256; got \(threads).") }
        guard precision != .int8 else {
            throw ValidationError("Training has no int8 products. Choose --precision fp32 or bf16.")
        }
    }

    func run() async throws {
        let count = threads == 0 ? ProcessInfo.processInfo.activeProcessorCount : threads
        let folder = URL(fileURLWithPath: folder)
        try await runService(options, role: .learner, numerics: Numerics.name(precision)) { connection, logger in
            try Learner(connection, threadCount: count, precision: precision, folder: folder, logger: logger)
        }
    }
}

extension Precision: ExpressibleByArgument {}
