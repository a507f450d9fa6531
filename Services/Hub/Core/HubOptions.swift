public import ArgumentParser

/// The options of the hub's process.
public struct HubOptions: ParsableArguments, Sendable {
    @Option(help: ArgumentHelp("The run's folder, with its ledger and blobs.", valueName: "folder"))
    var run: String

    @Option(help: "Where services on this host find the hub, for instance ipc:///run/user/0/eightfold-1/hub.")
    var listen: String

    @Option(help: "Where the messages can be watched.")
    var tap: String

    @Option(help: "Where services on other hosts find the hub, for instance tcp://10.0.0.1:5560; needs --keys.")
    var remote: String?

    @Option(
        help: ArgumentHelp(
            "The folder of keys that `eightfold keys` made: the hub's own, and the public keys it lets in.",
            valueName: "folder"))
    var keys: String?

    @Option(help: "trace, debug, info, notice, warning or error.")
    var logLevel: String = "info"

    @Flag(help: "End when standard input is closed: how a parent that was killed takes its services with it.")
    var untilStdinCloses = false

    /// For the parser.
    public init() {}
}
