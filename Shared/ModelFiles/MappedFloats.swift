/// Floats used where they lie in a mapped file; keeps the mapping alive.
///
/// Pages are read from the file when they are first used, and processes that map the same file share them.
/// `@unchecked Sendable`: the memory is mapped for reading alone and lives as long as `owner`.
public struct MappedFloats: @unchecked Sendable {
    /// The first number; valid as long as a copy of this value lives.
    public let start: UnsafePointer<Float>
    /// The number of floats.
    public let count: Int
    private let owner: FileBytes

    /// Nil when the place is not aligned for floats.
    init?(_ owner: FileBytes, _ place: UnsafeRawPointer, count: Int) {
        guard Int(bitPattern: place) % MemoryLayout<Float>.alignment == 0 else { return nil }
        start = place.bindMemory(to: Float.self, capacity: count)
        self.count = count
        self.owner = owner
    }
}
