#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A file that is being written under a temporary name, and gets its own when it is whole.
struct OutputFile: ~Copyable {
    private let descriptor: Int32
    private let temporary: String
    private var isOpen = true

    /// Runs `body`, which writes the file's bytes, makes them durable, and renames the file to `path`.
    ///
    /// - Throws: what `body` throws, or `inputOutput`; then nothing is left behind and `path` is what it was.
    static func write(
        to path: String, _ body: (borrowing OutputFile) throws(ModelFilesError) -> Void
    ) throws(ModelFilesError) {
        var file = try OutputFile(besides: path)
        do throws(ModelFilesError) {
            try body(file)
            try file.close()
            guard rename(file.temporary, path) == 0 else {
                throw FileBytes.error("rename \(file.temporary) to", path)
            }
        } catch {
            file.abandon()
            throw error
        }
    }

    private init(besides path: String) throws(ModelFilesError) {
        temporary = "\(path).\(getpid()).\(UInt32.random(in: 0...UInt32.max)).part"
        descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw FileBytes.error("create", temporary) }
    }

    /// Appends bytes.
    func write(_ bytes: UnsafeRawBufferPointer) throws(ModelFilesError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            #if canImport(Glibc)
                let written = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            #else
                let written = Darwin.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            #endif
            if written < 0 && errno == EINTR { continue }
            guard written > 0 else { throw FileBytes.error("write to", temporary) }
            rest = rest.dropFirst(written)
        }
    }

    /// Appends bytes.
    func write(_ bytes: [UInt8]) throws(ModelFilesError) {
        var failure: ModelFilesError?
        // The error is carried out as a value, for the closure's type cannot name it.
        bytes.withUnsafeBytes { bytes in
            do throws(ModelFilesError) { try write(bytes) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    private mutating func close() throws(ModelFilesError) {
        guard fsync(descriptor) == 0 else { throw FileBytes.error("make durable", temporary) }
        isOpen = false
        #if canImport(Glibc)
            let result = Glibc.close(descriptor)
        #else
            let result = Darwin.close(descriptor)
        #endif
        guard result == 0 else { throw FileBytes.error("close", temporary) }
    }

    private mutating func abandon() {
        if isOpen {
            #if canImport(Glibc)
                _ = Glibc.close(descriptor)
            #else
                _ = Darwin.close(descriptor)
            #endif
        }
        unlink(temporary)
    }
}
