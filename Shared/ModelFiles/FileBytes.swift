#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A file's bytes, mapped into memory, or bytes that are in memory already.
///
/// The file must not shrink while it is mapped; model files are written once, under a temporary name, and renamed.
/// Whoever reads `bytes` must hold the object beyond the last read: taking them from a temporary does not.
/// `@unchecked Sendable`: the bytes are never written and are released by `deinit` alone.
final class FileBytes: @unchecked Sendable {
    let bytes: UnsafeRawBufferPointer
    private let release: (UnsafeRawBufferPointer) -> Void

    init(mapping path: String) throws(ModelFilesError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.error("open", path) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Self.error("read the size of", path) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw ModelFilesError(.inputOutput, "Only a regular file can be read; \(path) is not.")
        }
        let count = Int(status.st_size)
        guard count > 0 else {
            bytes = UnsafeRawBufferPointer(start: nil, count: 0)
            release = { _ in }
            return
        }
        guard let start = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else {
            throw Self.error("map", path)
        }
        bytes = UnsafeRawBufferPointer(start: start, count: count)
        release = { munmap(UnsafeMutableRawPointer(mutating: $0.baseAddress), $0.count) }
    }

    convenience init(copying source: [UInt8]) {
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: source.count, alignment: 64)
        copy.copyBytes(from: source)
        self.init(UnsafeRawBufferPointer(copy)) { $0.deallocate() }
    }

    /// Bytes that somebody else made, and how they are given back.
    init(_ bytes: UnsafeRawBufferPointer, release: @escaping (UnsafeRawBufferPointer) -> Void) {
        self.bytes = bytes
        self.release = release
    }

    deinit {
        release(bytes)
    }

    /// An error that names the call, the path and the system's reason.
    static func error(_ action: String, _ path: String) -> ModelFilesError {
        ModelFilesError(.inputOutput, "Cannot \(action) \(path): \(String(cString: strerror(errno))).")
    }
}
