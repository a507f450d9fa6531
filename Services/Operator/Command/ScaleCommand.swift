import ArgumentParser
import Foundation
import OperatorCore
import ServiceKit
import Wire

struct ScaleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scale", abstract: "Adds samplers to a run, or drains them, while it goes on.",
        discussion: """
            A drained sampler takes no new work, and gives back what it has not finished. Samplers that were started by hand \
            are not counted.

            Example: eightfold scale sampler 4
            """)

    /// What can be scaled.
    enum Scalable: String, ExpressibleByArgument, CaseIterable {
        case sampler
    }

    @Argument(help: "What to scale: sampler.")
    var role: Scalable

    @Argument(help: "How many there shall be, 1 to 10000.")
    var count: Int

    @OptionGroup var chosen: RunOption

    func validate() throws {
        guard (1...10_000).contains(count) else {
            throw ValidationError("A run has 1 to 10000 samplers; got \(count).")
        }
    }

    func run() async throws {
        let folder = try chosen.folder
        try await command(
            Command(kind: .scaleSamplers, count: count), hubOf: folder,
            logger: serviceLogger("eightfold", level: "error"))
        show(
            "The run in \(folder.url.path) shall have \(count) samplers; `eightfold status` shows when they are there.")
    }
}
