/// Hands out key-value blocks and counts who refers to each; a block is free again when nobody does.
struct BlockAllocator {
    private var free: [Int32]
    private var references: [Int32]

    init() {
        free = []
        references = []
    }

    /// The number of blocks there are, referred to or not.
    var capacity: Int { references.count }

    /// The number of blocks that somebody refers to.
    var usedCount: Int { references.count - free.count }

    /// A block that nobody refers to, and one reference to it; nil when there is none.
    mutating func allocate() -> Int32? {
        guard let block = free.popLast() else { return nil }
        references[Int(block)] = 1
        return block
    }

    /// Adds blocks that nobody refers to.
    mutating func grow(to capacity: Int) {
        // The lowest is taken first, and the last freed before it, so that few pages are touched.
        free.insert(contentsOf: (Int32(references.count)..<Int32(capacity)).reversed(), at: 0)
        references += [Int32](repeating: 0, count: capacity - references.count)
    }

    mutating func retain(_ block: Int32) { references[Int(block)] += 1 }

    mutating func release(_ block: Int32) {
        references[Int(block)] -= 1
        precondition(references[Int(block)] >= 0, "block \(block) was released more often than retained")
        if references[Int(block)] == 0 { free.append(block) }
    }
}
