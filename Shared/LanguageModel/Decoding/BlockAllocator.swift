/// Hands out key-value blocks and counts who refers to each; a block is free again when nobody does.
struct BlockAllocator {
    private var free: [Int32]
    private var references: [Int32]

    init(capacity: Int) {
        // The last freed is taken first, so that few pages are touched.
        free = (0..<Int32(capacity)).reversed()
        references = [Int32](repeating: 0, count: capacity)
    }

    var freeCount: Int { free.count }

    mutating func allocate() -> Int32 {
        guard let block = free.popLast() else { preconditionFailure("no free block of \(references.count)") }
        references[Int(block)] = 1
        return block
    }

    mutating func retain(_ block: Int32) { references[Int(block)] += 1 }

    mutating func release(_ block: Int32) {
        references[Int(block)] -= 1
        precondition(references[Int(block)] >= 0, "block \(block) was released more often than retained")
        if references[Int(block)] == 0 { free.append(block) }
    }
}
