/// Memory for many small pieces that all go at once, which costs a fraction of allocating each.
struct MemoryBlocks: ~Copyable {
    /// The first block of most messages is the only one.
    private static let blockBytes = 4_096
    private static let alignment = 16

    private var blocks: [UnsafeMutableRawPointer] = []
    private var next = UnsafeMutableRawPointer(bitPattern: Self.alignment)!
    private var left = 0

    deinit {
        for block in blocks { block.deallocate() }
    }

    /// Room for so many bytes, aligned for anything, until the blocks go.
    mutating func take(_ byteCount: Int) -> UnsafeMutableRawPointer {
        let rounded = (byteCount + Self.alignment - 1) / Self.alignment * Self.alignment
        if rounded > left {
            // What is left of the block before is small or the piece is large; either way little is wasted.
            let size = max(rounded, Self.blockBytes << min(blocks.count, 8))
            next = .allocate(byteCount: size, alignment: Self.alignment)
            left = size
            blocks.append(next)
        }
        defer {
            next += rounded
            left -= rounded
        }
        return next
    }
}
