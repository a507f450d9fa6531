#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A folder that is being written under a temporary name, and gets its own when all its files are there.
public struct OutputFolder {
    /// The temporary name.
    public let path: String

    /// Runs `body`, which writes the folder's files, and renames the folder to `path`, which must be new or empty.
    ///
    /// - Throws: what `body` throws, or `inputOutput`; then nothing is left behind and `path` is what it was.
    public static func write(
        to path: String, _ body: (OutputFolder) throws(ModelFilesError) -> Void
    ) throws(ModelFilesError) {
        let plain = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        let folder = OutputFolder(path: "\(plain).\(getpid()).\(UInt32.random(in: 0...UInt32.max)).part")
        guard mkdir(folder.path, 0o755) == 0 else { throw FileBytes.error("create", folder.path) }
        do throws(ModelFilesError) {
            try body(folder)
            guard rename(folder.path, plain) == 0 else {
                throw FileBytes.error("make a folder, which must be new or empty, of the name", plain)
            }
        } catch {
            folder.remove()
            throw error
        }
    }

    /// Writes a whole file.
    ///
    /// - Throws: `inputOutput`.
    public func write(_ name: String, _ bytes: [UInt8]) throws(ModelFilesError) {
        try OutputFile.write(to: "\(path)/\(name)") { (file) throws(ModelFilesError) in try file.write(bytes) }
    }

    /// Removes the folder and the files in it, as far as that is possible: it follows an error that counts more.
    private func remove() {
        if let listing = opendir(path) {
            while let entry = readdir(listing) {
                let name = withUnsafeBytes(of: entry.pointee.d_name) {
                    String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
                }
                if name != ".", name != ".." { unlink("\(path)/\(name)") }
            }
            closedir(listing)
        }
        rmdir(path)
    }
}
