#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The few file operations of this module, with the modes that secrets need.
enum FileSystem {
    static func names(in directory: String) throws(MessagingError) -> [String] {
        guard let stream = opendir(directory) else { throw failure("The folder \(directory) could not be read") }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                // d_name is a fixed array of characters that ends with a zero (readdir(3)).
                tuple.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: tuple.pointee)) {
                    String(cString: $0)
                }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }

    /// Reads a small text file.
    ///
    /// - Parameter ownerOnly: refuse a file that others than its owner can read or write.
    static func readText(_ path: String, ownerOnly: Bool) throws(MessagingError) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("The file \(path) could not be opened") }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure("The file \(path) could not be examined") }
        if ownerOnly && status.st_mode & 0o077 != 0 {
            throw MessagingError(
                .invalidKey,
                "A secret key file must have mode 0600; \(path) has mode 0\(String(status.st_mode & 0o777, radix: 8)), "
                    + "so others on this host may know the key. Make a new key, or run: chmod 600 \(path)")
        }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = read(descriptor, &bytes, bytes.count)
        guard count >= 0 else { throw failure("The file \(path) could not be read") }
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }

    /// Writes a new file that is there whole, with its mode and on disk, or not at all.
    ///
    /// - Throws: `system` when the file exists, too: a key is never overwritten.
    static func createText(_ path: String, _ text: String, mode: mode_t) throws(MessagingError) {
        let temporary = "\(path).\(getpid()).new"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw failure("The file \(temporary) could not be made") }
        var text = text
        let byteCount = text.utf8.count
        let isWritten = text.withUTF8 { write(descriptor, $0.baseAddress, $0.count) } == byteCount
        // fchmod because open's mode is narrowed by the umask; link because, unlike rename, it never replaces a file.
        guard isWritten, fchmod(descriptor, mode) == 0, fsync(descriptor) == 0, link(temporary, path) == 0 else {
            let error = failure("The file \(path) could not be written")
            close(descriptor)
            unlink(temporary)
            throw error
        }
        close(descriptor)
        unlink(temporary)
    }

    static func failure(_ action: String) -> MessagingError {
        let number = errno
        return MessagingError(
            .system, "\(action): \(String(cString: strerror(number))). Check the path, its owner and its mode.",
            errno: number)
    }
}
