public import ArgumentParser
import Foundation
public import LanguageModel
import SamplerCore
import ServiceKit
import Wire

@main
struct SamplerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eightfold-sampler", abstract: "Samples rollouts and continuations from the current policy.",
        discussion: "Example: eightfold-sampler --hub tcp://10.0.0.1:5560 --keys keys/sampler")

    @OptionGroup var options: WorkerOptions

    @Option(help: "Rollouts decoded at once.")
    var slots = 64

    @Option(help: "Threads to compute with.")
    var threads = 1

    @Option(help: "How products' operands are held.")
    var precision = Precision.fp32

    @Option(help: "The folder for policies fetched from another host. Default: one in the user's cache.")
    var cache: String?

    @Option(
        help: ArgumentHelp(
            "The folder of a run on this host whose rollouts are taken in place of sampling the same again; once for each.",
            valueName: "folder"))
    var recorded: [String] = []

    func validate() throws {
        guard (1...4_096).contains(slots) else { throw ValidationError("--slots is 1 to 4096; got \(slots).") }
        guard (1...256).contains(threads) else { throw ValidationError("--threads is 1 to 256; got \(threads).") }
    }

    func run() async throws {
        let folder =
            cache.map { URL(fileURLWithPath: $0) }
            ?? FileManager.default.urls(for: .cachesDirectory, in: .userDomainMask)[0].appendingPathComponent(
                "eightfold")
        try await runService(options, role: .sampler, numerics: Numerics.name(precision)) { connection, logger in
            Sampler(
                connection, slotCount: slots, threadCount: threads, precision: precision, cache: folder,
                recorded: recorded.map { RunFolder($0) }, logger: logger)
        }
    }
}

extension Precision: ExpressibleByArgument {}
