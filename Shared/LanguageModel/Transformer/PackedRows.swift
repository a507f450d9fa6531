import Tokenization

/// The rows of a packed batch. What sequences begin with alike is computed once, in whole blocks of the key-value cache: a prompt
/// that solutions share, and the prefix that the arms of a pair share.
struct PackedRows {
    private(set) var rows = Rows()
    /// The blocks that the rows use.
    private(set) var blockCount = 0
    /// For each segment, the rows of the positions before it, in their order.
    private(set) var ancestors: [[Range<Int>]] = []
    /// Rows of all segments' ancestors.
    private(set) var sharedRowCount = 0
    private var firstSharedRows: [Int] = []
    /// What is asked of the output head.
    private(set) var head = HeadPositions()
    /// For each target of the batch, in order, its place among the head's.
    private var places: [Int] = []
    private var paths: [Path] = []

    /// A sequence's rows and blocks.
    private struct Path {
        let tokens: [Token]
        var rowCount: Int
        var ranges: [Range<Int>] = []
        var table: [Int32] = []

        /// The row of a position.
        func row(_ position: Int) -> Int {
            var left = position
            for range in ranges {
                if left < range.count { return range.lowerBound + left }
                left -= range.count
            }
            preconditionFailure("no row of position \(position)")
        }

        /// The rows of the first `count` positions.
        func prefix(_ count: Int) -> [Range<Int>] {
            var (left, found) = (count, [Range<Int>]())
            for range in ranges where left > 0 {
                found.append(range.prefix(left))
                left -= range.count
            }
            return found
        }
    }

    private init() {}

    init(_ batch: PackedBatch) {
        var asked: [Int: [Token: Int]] = [:]
        for sequence in batch.sequences where sequence.rowCount > 0 {
            let path = add(sequence)
            for index in sequence.targets {
                let row = path.row(index - 1)
                let target = sequence.tokens[index]
                asked[row, default: [:]][target] = 0
                places.append(row)
            }
        }
        // The head's positions are in the order of rows, and a row's targets in that of ids.
        for row in asked.keys.sorted() {
            for target in asked[row, default: [:]].keys.sorted() {
                asked[row]?[target] = head.targets.count
                head.append(row: row, target: target)
            }
        }
        let targets = batch.sequences.flatMap { $0.rowCount > 0 ? Array($0.tokens[$0.targets]) : [] }
        for index in places.indices { places[index] = asked[places[index]]?[targets[index]] ?? 0 }
    }

    @discardableResult
    private mutating func add(_ sequence: TokenSequence) -> Path {
        var path = Path(tokens: sequence.tokens, rowCount: sequence.rowCount)
        var (shared, from) = (0, -1)
        for (index, other) in paths.enumerated() {
            let most = min(path.rowCount, other.rowCount)
            var count = 0
            while count < most, path.tokens[count] == other.tokens[count] { count += 1 }
            if count > shared { (shared, from) = (count, index) }
        }
        shared -= shared % KeyValueBlocks.tokensPerBlock
        if shared > 0 {
            path.ranges = paths[from].prefix(shared)
            path.table = Array(paths[from].table.prefix(shared / KeyValueBlocks.tokensPerBlock))
        }
        while path.table.count < KeyValueBlocks.blockCount(tokens: path.rowCount) {
            path.table.append(Int32(blockCount))
            blockCount += 1
        }
        if shared < path.rowCount {
            ancestors.append(path.ranges)
            firstSharedRows.append(sharedRowCount)
            sharedRowCount += shared
            path.ranges.append(rows.count..<(rows.count + path.rowCount - shared))
            rows.append(tokens: path.tokens[shared..<path.rowCount], firstPosition: shared, table: path.table)
        }
        paths.append(path)
        return path
    }

    /// Divides groups among batches of at most `limit` rows, those that begin alike next to each other; see `Trainer.batches`.
    static func batches(of groups: [[TokenSequence]], rows limit: Int) -> [[Int]] {
        let order = groups.indices.sorted { left, right in
            let (first, second) = (groups[left].first?.tokens ?? [], groups[right].first?.tokens ?? [])
            return first.lexicographicallyPrecedes(second) || (first == second && left < right)
        }
        let (full, rowCount) = filled(groups, order, rows: limit)
        guard full.count > 1 else { return full }
        // As many of even size take less memory.
        let even = filled(groups, order, rows: min(limit, (rowCount + full.count - 1) / full.count)).batches
        return even.count == full.count ? even : full
    }

    /// Groups in an order, as many to a batch as it has room for; and the rows of all batches.
    private static func filled(
        _ groups: [[TokenSequence]], _ order: [Int], rows limit: Int
    ) -> (batches: [[Int]], rowCount: Int) {
        var (batches, packed, before) = ([[Int]](), PackedRows(), 0)
        for index in order {
            let rowCount = packed.rows.count
            packed.add(groups[index])
            if batches.isEmpty || packed.rows.count > limit {
                before += rowCount
                packed = PackedRows()
                packed.add(groups[index])
                batches.append([])
            }
            batches[batches.count - 1].append(index)
        }
        return (batches, before + packed.rows.count)
    }

    private mutating func add(_ group: [TokenSequence]) {
        for sequence in group where sequence.rowCount > 0 { add(sequence) }
    }

    /// Where a segment's ancestors begin, all segments' counted one after the other.
    func firstSharedRow(_ segment: Int) -> Int { firstSharedRows[segment] }

    /// One value a target of the batch, from one a target of the head.
    func expanded(_ values: [Float]) -> [Float] { places.map { values[$0] } }

    /// The sums of a value a target of the batch for each target of the head.
    func gathered(_ values: [Float]) -> [Float] {
        var sums = [Float](repeating: 0, count: head.targets.count)
        for (place, value) in zip(places, values) { sums[place] += value }
        return sums
    }
}

/// The rows whose next token is asked for, each once, and the tokens whose log-probability is wanted there.
struct HeadPositions {
    private(set) var rows: [Int] = []
    private(set) var targets: [Token] = []
    /// Where each row's targets end.
    private var ends: [Int] = []

    var count: Int { rows.count }

    /// Rows of which no token is known yet.
    init(rows: [Int] = []) {
        self.rows = rows
    }

    /// Adds a target; those of one row follow each other.
    mutating func append(row: Int, target: Token) {
        if rows.last != row {
            rows.append(row)
            ends.append(targets.count)
        }
        targets.append(target)
        ends[ends.count - 1] = targets.count
    }

    /// The places of a position's targets.
    func targets(of position: Int) -> Range<Int> { (position == 0 ? 0 : ends[position - 1])..<ends[position] }
}
