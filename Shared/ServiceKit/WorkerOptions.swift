public import ArgumentParser
import Logging

/// The options that every service has.
public struct WorkerOptions: ParsableArguments, Sendable {
    @Option(
        help: ArgumentHelp(
            "Where the hub is, for instance ipc:///run/user/0/eightfold-1/hub or tcp://10.0.0.1:5560.",
            valueName: "endpoint"))
    var hub: String

    @Option(help: "The service's name, unique in the run. Default: its role and a random number.")
    var name: String?

    @Option(
        help: ArgumentHelp(
            "The folder with this role's key pair and the hub's public key, as `eightfold keys` made it. Needed off this host.",
            valueName: "folder"))
    var keys: String?

    @Option(
        help: ArgumentHelp(
            "How long the hub may be gone before the service gives up, in seconds.", valueName: "seconds"))
    var goneSeconds: Double = 60

    @Option(help: "trace, debug, info, notice, warning or error.")
    var logLevel: String = "info"

    @Flag(help: "End when standard input is closed: how a parent that was killed takes its services with it.")
    var untilStdinCloses = false

    /// For the parser.
    public init() {}

    /// Checks the options.
    public func validate() throws {
        guard Logger.Level(rawValue: logLevel) != nil else {
            throw ValidationError("--log-level is one of trace, debug, info, notice, warning, error; got \(logLevel).")
        }
        guard goneSeconds > 0, goneSeconds < 1e9 else {
            throw ValidationError("--gone-seconds is above 0; got \(goneSeconds).")
        }
    }
}
