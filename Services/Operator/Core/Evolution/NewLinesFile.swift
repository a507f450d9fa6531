import Foundation
import ServiceKit

/// A new file that grows by lines, each on the disk's way as soon as it is written.
public struct NewLinesFile: Sendable {
    private let handle: FileHandle

    /// Checks that there is no such file yet.
    ///
    /// - Throws: `ServiceError` of code `input` if there is.
    public static func check(_ path: String) throws {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw ServiceError(
                .input, "Lines are written to a new file; \(path) exists. Remove it or name another one.")
        }
    }

    /// Makes the file.
    ///
    /// - Throws: `ServiceError` of code `input` if it exists or cannot be made.
    public init(_ path: String) throws {
        try Self.check(path)
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let handle = FileHandle(forWritingAtPath: path)
        else { throw ServiceError(.input, "The file \(path) cannot be made. Check its folder and permissions.") }
        self.handle = handle
    }

    /// Writes a line, with a newline at its end.
    public func write(_ line: String) throws { try handle.write(contentsOf: Data("\(line)\n".utf8)) }
}
