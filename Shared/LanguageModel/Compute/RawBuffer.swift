#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A block of bytes at a cache line's boundary, zero at first and freed with its last owner.
///
/// Pages are taken from the system when they are first written.
final class RawBuffer {
    let byteCount: Int
    let start: UnsafeMutableRawPointer
    private let allocation: UnsafeMutableRawPointer

    init(byteCount: Int) {
        precondition(byteCount >= 0, "a buffer of \(byteCount) bytes")
        self.byteCount = byteCount
        // The pad of one cache line leaves room for the round-up.
        guard let allocation = calloc(byteCount + 64, 1) else {
            preconditionFailure("no memory for \(byteCount) bytes")
        }
        self.allocation = allocation
        start = allocation.alignedUp(toMultipleOf: 64)
    }

    deinit {
        free(allocation)
    }
}
