import Tokenization

/// The rows of one forward pass: for each, its token, its position and where its key and value are kept.
///
/// Training, prefill and decoding differ only in the rows they ask for.
struct Rows {
    /// Consecutive positions of one sequence.
    struct Segment {
        let firstRow: Int
        let rowCount: Int
        let firstPosition: Int
        /// Where the sequence's block table starts in `tables`.
        let table: Int

        var rows: Range<Int> { firstRow..<(firstRow + rowCount) }
    }

    /// A piece of a segment for which attention is computed by one task.
    struct AttentionTask {
        let segment: Segment
        let offset: Int
        let rowCount: Int
    }

    private(set) var tokens: [Token] = []
    private(set) var positions: [Int32] = []
    /// Each row's block in the key-value cache.
    private(set) var blocks: [Int32] = []
    private(set) var segments: [Segment] = []
    private(set) var tables: [Int32] = []
    private(set) var attentionTasks: [AttentionTask] = []
    private(set) var largestPosition = 0

    var count: Int { tokens.count }

    /// Adds `tokens` at consecutive positions of the sequence whose blocks are `table`.
    mutating func append(tokens new: ArraySlice<Token>, firstPosition: Int, table: [Int32]) {
        guard !new.isEmpty else { return }
        let segment = Segment(
            firstRow: tokens.count, rowCount: new.count, firstPosition: firstPosition, table: tables.count)
        segments.append(segment)
        tables += table
        tokens += new
        for position in firstPosition..<(firstPosition + new.count) {
            positions.append(Int32(position))
            blocks.append(table[position / KeyValueBlocks.tokensPerBlock])
        }
        largestPosition = max(largestPosition, firstPosition + new.count - 1)
        for offset in stride(from: 0, to: new.count, by: 64) {
            attentionTasks.append(
                AttentionTask(segment: segment, offset: offset, rowCount: min(64, new.count - offset)))
        }
    }
}
