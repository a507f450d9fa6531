import Foundation
import Testing

@Suite struct `Help` {
    static let commands = [
        "run", "status", "scale", "requeue", "stop", "tap", "trace", "audit", "export", "keys", "study", "init-model",
        "solve",
        "sample", "score", "eval", "problems", "evolve", "grade", "bench", "bench hub", "bench engine", "bench work",
    ]

    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
        "Help")

    /// Written by `COLUMNS=80 eightfold COMMAND --help > Tests/OperatorTests/Help/COMMAND.txt`, with `-` for a blank.
    @Test(arguments: commands) func `the help of each command is the one that was read and agreed to`(command: String)
        throws
    {
        let folder = try TemporaryFolder()
        let help = try Executable.run(command.split(separator: " ").map(String.init) + ["--help"], folder: folder.url)
        #expect(help.code == 0)
        let file = "\(command.replacing(" ", with: "-")).txt"
        let expected = try String(contentsOf: Self.folder.appendingPathComponent(file), encoding: .utf8)
        #expect(help.output == expected, "\(command)")
        #expect(help.output.contains("Example: eightfold \(command)"), "\(command)")
    }

    @Test func `the help of the whole names every command`() throws {
        let folder = try TemporaryFolder()
        let help = try Executable.run("--help", folder: folder.url)
        for command in Self.commands where !command.contains(" ") {
            #expect(help.output.contains("\n  \(command) "), "\(command)")
        }
    }
}
