import ArgumentParser

@main
struct Eightfold: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eightfold",
        abstract: "Reinforcement learning that teaches small language models mathematics, on CPUs.",
        subcommands: [RunCommand.self])
}
