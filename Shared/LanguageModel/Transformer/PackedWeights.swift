internal import CKernels

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A model's matrices in panels: in memory of this process, or in a file whose pages all processes of a host share.
final class PackedWeights {
    let start: UnsafeRawPointer
    private let own: RawBuffer?
    /// Of a mapping, its trailer among them.
    private let mappedCount: Int

    /// Behind the panels: what the file is, and the panels' checksum.
    private static let magic: UInt64 = 0x3130_4b43_4150_4645
    private static let trailerCount = 64

    /// Packs into memory of this process.
    init(byteCount: Int, fill: (UnsafeMutableRawPointer) -> Void) {
        let buffer = RawBuffer(byteCount: byteCount)
        fill(buffer.start)
        (own, mappedCount) = (buffer, 0)
        start = UnsafeRawPointer(buffer.start)
    }

    /// Maps the file of that path, which is made if there is none, or one that is damaged.
    ///
    /// Processes that make it at once need not wait for each other: the first to have it whole gives it its name, and
    /// the others take that. Nobody writes to a file that has its name.
    ///
    /// - Throws: `inputOutput`, when it can be neither read nor made; then nothing is left of it.
    init(sharing path: String, byteCount: Int, fill: (UnsafeMutableRawPointer) -> Void) throws(LanguageModelError) {
        let count = (byteCount + 63) / 64 * 64 + Self.trailerCount
        (own, mappedCount) = (nil, count)
        if let mapped = Self.whole(path, count) {
            start = mapped
            return
        }
        unlink(path)
        start = try Self.make(path, count, fill)
    }

    deinit {
        if mappedCount > 0 { munmap(UnsafeMutableRawPointer(mutating: start), mappedCount) }
    }

    /// Whether the bytes are a file's pages.
    var isShared: Bool { own == nil }

    /// The mapped file, if there is one of that size and its checksum holds.
    private static func whole(_ path: String, _ count: Int) -> UnsafeRawPointer? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, Int(status.st_size) == count,
            let start = mmap(nil, count, PROT_READ, MAP_SHARED, file, 0), start != MAP_FAILED
        else { return nil }
        let trailer = start.advanced(by: count - trailerCount).assumingMemoryBound(to: UInt64.self)
        guard trailer[0] == magic, trailer[1] == ef_checksum(start, count - trailerCount) else {
            munmap(start, count)
            return nil
        }
        return UnsafeRawPointer(start)
    }

    private static func make(
        _ path: String, _ count: Int, _ fill: (UnsafeMutableRawPointer) -> Void
    ) throws(LanguageModelError) -> UnsafeRawPointer {
        let draft = "\(path).\(getpid())-\(UInt32.random(in: 0 ... .max))"
        func refused(_ what: String, _ number: Int32) -> LanguageModelError {
            LanguageModelError(
                .inputOutput,
                "Packed weights of \(count) bytes are shared in a file; \(draft) could not be \(what): "
                    + "\(String(cString: strerror(number))). Make room there, or choose another folder.")
        }
        let file = open(draft, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw refused("made", errno) }
        defer {
            close(file)
            unlink(draft)
        }
        // The room is taken first: a mapping without it would end the process at the first page that the disk lacks.
        #if canImport(Glibc)
            let status = posix_fallocate(file, 0, count)
        #else
            let status = ftruncate(file, off_t(count)) == 0 ? 0 : errno
        #endif
        guard status == 0 else { throw refused("given its size", status) }
        guard let start = mmap(nil, count, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0), start != MAP_FAILED else {
            throw refused("mapped", errno)
        }
        fill(start)
        let trailer = start.advanced(by: count - trailerCount).assumingMemoryBound(to: UInt64.self)
        (trailer[0], trailer[1]) = (magic, ef_checksum(start, count - trailerCount))
        guard link(draft, path) != 0 else {
            mprotect(start, count, PROT_READ)
            return UnsafeRawPointer(start)
        }
        let number = errno
        munmap(start, count)
        if let mapped = whole(path, count) { return mapped }
        throw refused("given its name", number)
    }
}
