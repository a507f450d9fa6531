internal import ModelFiles

/// A block of floats, freed with its last owner: at a cache line's boundary and zero at first, or as a file has them.
///
/// Pages are taken from the system when they are first written, so a large buffer costs what is used of it. A mapped
/// buffer's pages are the file's, shared with every process that maps it.
///
/// - Important: it is a bare piece of memory for the engine's own loops. Whoever holds it decides who may write:
///   a `Model` never writes after its initialiser, and every other owner is not `Sendable`.
final class FloatBuffer {
    let count: Int
    let start: UnsafeMutablePointer<Float>
    private let allocation: RawBuffer?
    private let mapping: MappedFloats?

    init(count: Int) {
        let allocation = RawBuffer(byteCount: 4 * count)
        self.count = count
        self.allocation = allocation
        mapping = nil
        // Zero bytes are zero floats.
        start = allocation.start.bindMemory(to: Float.self, capacity: count)
    }

    /// The floats of a mapped file, which nobody may write to: the pages are mapped for reading.
    init(_ mapping: MappedFloats) {
        count = mapping.count
        start = UnsafeMutablePointer(mutating: mapping.start)
        allocation = nil
        self.mapping = mapping
    }

    /// Whether the floats lie in a mapped file.
    var isMapped: Bool { mapping != nil }

    convenience init(copying other: FloatBuffer) {
        self.init(count: other.count)
        start.update(from: other.start, count: count)
    }

    /// The floats as a collection, for tests and one-off passes.
    var elements: UnsafeMutableBufferPointer<Float> { UnsafeMutableBufferPointer(start: start, count: count) }
}
