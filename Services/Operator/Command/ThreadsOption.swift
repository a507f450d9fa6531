import ArgumentParser
import Foundation

/// The threads that a command computes with.
struct ThreadsOption: ParsableArguments {
    @Option(help: "Threads to compute with, 1 to 256. Default: all cores.")
    var threads: Int?

    var count: Int { threads ?? ProcessInfo.processInfo.activeProcessorCount }

    func validate() throws {
        guard (1...256).contains(count) else { throw ValidationError("--threads is 1 to 256; got \(count).") }
    }
}
