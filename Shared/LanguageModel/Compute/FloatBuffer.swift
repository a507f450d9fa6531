#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A block of floats at a cache line's boundary, zero at first, freed with its last owner.
///
/// Pages are taken from the system when they are first written, so a large buffer costs what is used of it.
///
/// - Important: it is a bare piece of memory for the engine's own loops. Whoever holds it decides who may write:
///   a `Model` never writes after its initialiser, and every other owner is not `Sendable`.
final class FloatBuffer {
    let count: Int
    let start: UnsafeMutablePointer<Float>
    private let allocation: UnsafeMutableRawPointer

    private static let alignment = 64

    init(count: Int) {
        precondition(count >= 0, "a buffer of \(count) floats")
        self.count = count
        guard let allocation = calloc(count * 4 + Self.alignment, 1) else {
            preconditionFailure("no memory for \(count) floats")
        }
        self.allocation = allocation
        // The pad of one cache line leaves room for the round-up; zero bytes are zero floats.
        start = allocation.alignedUp(toMultipleOf: Self.alignment).bindMemory(to: Float.self, capacity: count)
    }

    convenience init(copying other: FloatBuffer) {
        self.init(count: other.count)
        start.update(from: other.start, count: count)
    }

    deinit {
        free(allocation)
    }

    /// The floats as a collection, for tests and one-off passes.
    var elements: UnsafeMutableBufferPointer<Float> { UnsafeMutableBufferPointer(start: start, count: count) }
}
