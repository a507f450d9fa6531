public import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A lock on a file. It goes with the process that holds it, however that ends, so it is never stale.
///
/// The file stays: were it removed, two processes could each hold the lock of a file of that name.
public final class FileLock: Sendable {
    private let descriptor: CInt

    /// Takes the lock of a file, which is made if there is none.
    ///
    /// - Returns: nil if another process holds it.
    /// - Throws: `ServiceError` of code `input` if the file cannot be made.
    public init?(_ file: URL) throws {
        descriptor = open(file.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw ServiceError(
                .input, "\(file.path) must be a file that this user may write: \(String(cString: strerror(errno))).")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            return nil
        }
    }

    /// Takes the lock of a file, and waits while a process that is ending holds it; nil if it still does at the deadline.
    public static func take(_ file: URL, within limit: Duration) async throws -> FileLock? {
        let deadline = ContinuousClock.now + limit
        while true {
            if let lock = try FileLock(file) { return lock }
            guard .now < deadline else { return nil }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    deinit {
        close(descriptor)
    }
}
