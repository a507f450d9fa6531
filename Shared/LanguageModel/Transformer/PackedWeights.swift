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

    /// Behind the panels: what the file is, and the panels' checksum. Another layout of panels takes another number.
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
    /// Processes that want it at once wait for the one that makes it (a lock in the file's folder, which ends with its
    /// process). Nobody writes to a file that has its name.
    ///
    /// - Parameter patience: how long to wait; packing takes seconds.
    /// - Throws: `inputOutput`, when it can be neither read nor made.
    init(
        sharing path: String, byteCount: Int, patience: Duration = .seconds(120),
        fill: (UnsafeMutableRawPointer) -> Void
    ) throws(LanguageModelError) {
        let count = (byteCount + 63) / 64 * 64 + Self.trailerCount
        (own, mappedCount) = (nil, count)
        let lock = try Self.lock(path, patience)
        defer { close(lock) }
        if let mapped = Self.whole(path, count) {
            start = mapped
        } else {
            start = try Self.make(path, count, fill)
        }
    }

    deinit {
        if mappedCount > 0 { munmap(UnsafeMutableRawPointer(mutating: start), mappedCount) }
    }

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

    /// Waits for its turn among the processes that use the folder; closing what it returns ends the turn.
    private static func lock(_ path: String, _ patience: Duration) throws(LanguageModelError) -> Int32 {
        let name = (path.lastIndex(of: "/").map { path[...$0] } ?? "") + "packed.lock"
        let file = open(String(name), O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            throw refused(path, "its lock \(name) could not be opened: \(reason(errno))", remedy: forUser)
        }
        let deadline = ContinuousClock.now + patience
        while flock(file, LOCK_EX | LOCK_NB) != 0 {
            let number = errno
            guard number == EWOULDBLOCK, .now < deadline else {
                close(file)
                throw number == EWOULDBLOCK
                    ? refused(
                        path, "another process has held its lock \(name) for \(patience)", remedy: "End that process")
                    : refused(path, "its lock \(name) could not be taken: \(reason(number))", remedy: forUser)
            }
            usleep(5_000)
        }
        return file
    }

    private static func reason(_ number: Int32) -> String { String(cString: strerror(number)) }

    private static let forUser = "Let this user write there"

    private static func refused(_ path: String, _ what: String, remedy: String) -> LanguageModelError {
        LanguageModelError(
            .inputOutput,
            "Packed weights are shared in the file \(path); \(what). \(remedy), or choose another folder.")
    }

    private static func make(
        _ path: String, _ count: Int, _ fill: (UnsafeMutableRawPointer) -> Void
    ) throws(LanguageModelError) -> UnsafeRawPointer {
        // One name for whoever has the lock, so that a process that is killed leaves one draft and not one each time.
        let draft = path + ".draft"
        let file = open(draft, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw refused(path, "it could not be made: \(reason(errno))", remedy: forUser) }
        defer {
            close(file)
            unlink(draft)
        }
        #if canImport(Glibc)
            // The room is taken first: a mapping without it would end the process at the first page that the disk lacks.
            let status = posix_fallocate(file, 0, count)
        #else
            let status = ftruncate(file, off_t(count)) == 0 ? 0 : errno
        #endif
        guard status == 0 else {
            throw refused(
                path, "it could not be given \(count) bytes: \(reason(status))", remedy: "Make room there")
        }
        guard let start = mmap(nil, count, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0), start != MAP_FAILED else {
            throw refused(path, "it could not be mapped: \(reason(errno))", remedy: "Let this process map more memory")
        }
        fill(start)
        let trailer = start.advanced(by: count - trailerCount).assumingMemoryBound(to: UInt64.self)
        (trailer[0], trailer[1]) = (magic, ef_checksum(start, count - trailerCount))
        guard rename(draft, path) == 0 else {
            let number = errno
            munmap(start, count)
            throw refused(path, "it could not be given its name: \(reason(number))", remedy: forUser)
        }
        mprotect(start, count, PROT_READ)
        return UnsafeRawPointer(start)
    }
}
