import ArgumentParser
import ServiceKit

/// The run that a command is about.
struct RunOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The run's folder. Default: the latest run that was started from this folder.", valueName: "folder"))
    var run: String?

    var folder: RunFolder { get throws { try RunFolder.chosen(run) } }
}
