import Foundation

/// The built `eightfold`, as a user runs it.
enum Executable {
    /// What a start of it left.
    struct Result {
        let code: Int32
        let output: String
        let errors: String
    }

    /// Runs it to its end in a folder of the test's.
    static func run(_ arguments: String..., folder: URL) throws -> Result { try run(arguments, folder: folder) }

    static func run(_ arguments: [String], folder: URL) throws -> Result {
        let process = Process()
        process.executableURL = buildFolder.appendingPathComponent("eightfold")
        process.arguments = arguments
        process.currentDirectoryURL = folder
        // Help is as wide as the terminal; all else of the environment stays, for the libraries' sake.
        process.environment = ProcessInfo.processInfo.environment.merging(["COLUMNS": "80"]) { $1 }
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        // Both are far smaller than what a pipe holds, so reading one after the other cannot block the process.
        let outputText = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let errorText = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return Result(code: process.terminationStatus, output: outputText, errors: errorText)
    }

    /// The folder that this test was built into, with the executables beside it.
    static var buildFolder: URL {
        let bundle = CommandLine.arguments.first { $0.contains(".xctest") } ?? CommandLine.arguments[0]
        let end = bundle.range(of: ".xctest").map { bundle[..<$0.upperBound] } ?? bundle[...]
        return URL(fileURLWithPath: String(end)).deletingLastPathComponent()
    }
}
