#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A folder from which the files of a model are read.
public struct InputFolder: Sendable {
    /// The folder's path.
    public let path: String

    /// Nil when the path names no folder.
    public init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return nil }
        self.path = path
    }

    /// Whether the folder has a file of that name.
    public func contains(_ name: String) -> Bool { access("\(path)/\(name)", F_OK) == 0 }

    /// A file's bytes.
    ///
    /// - Parameter largest: the most bytes that the file may have.
    /// - Throws: `inputOutput`, or `malformedFile` for a larger file.
    public func bytes(_ name: String, largest: Int) throws(ModelFilesError) -> [UInt8] {
        let file = try mapped(name, largest: largest)
        return withExtendedLifetime(file) { Array(file.bytes) }
    }

    /// The value in a JSON file of at most 16 MiB.
    ///
    /// - Throws: `inputOutput`, or `malformedFile` with the offset of what breaks JSON's rules.
    public func json(_ name: String) throws(ModelFilesError) -> JSONValue {
        let file = try mapped(name, largest: 1 << 24)
        defer { withExtendedLifetime(file) {} }
        return try JSONParser.parse(file.bytes, name)
    }

    private func mapped(_ name: String, largest: Int) throws(ModelFilesError) -> FileBytes {
        let file = try FileBytes(mapping: "\(path)/\(name)")
        guard file.bytes.count <= largest else {
            throw ModelFilesError(
                .malformedFile, "The file \(name) may have \(largest) bytes; it has \(file.bytes.count).")
        }
        return file
    }
}
