import Foundation
import ServiceKit

/// Held by the one process that runs a run, for as long as it lives, however it ends.
final class RunLock: Sendable {
    private let descriptor: CInt

    /// Takes the lock of a run's folder.
    ///
    /// - Throws: `ServiceError` of code `input` if another process has it.
    init(_ folder: RunFolder) throws {
        descriptor = open(folder.lock.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw ServiceError(
                .input, "The lock \(folder.lock.path) must be a file that this user may write: \(String(cString: strerror(errno))).")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw ServiceError(
                .input, "The run in \(folder.url.path) is run by another process already. End that one first, with `eightfold stop --run \(folder.url.path)`.")
        }
    }

    deinit {
        close(descriptor)
    }
}
