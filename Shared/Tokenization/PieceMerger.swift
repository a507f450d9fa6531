/// Turns pieces of text into tokens by merging bytes, the merge of the lowest rank first and of equal ones the leftmost.
///
/// A piece of n bytes takes n log n steps: merges wait in a heap, and one that a neighbour's merge has overtaken is
/// dropped when it comes up.
///
/// - Source: Sennrich et al. 2016, algorithm 1.
struct PieceMerger {
    /// A token of the piece and its neighbours' places; -1 for none.
    private struct Symbol {
        var token: Token
        var previous: Int32
        var next: Int32
        /// The rank of the merge with the next symbol; `none` when there is none.
        var rank: UInt32
    }

    private static let none = UInt32.max
    private let vocabulary: Vocabulary
    private var symbols: [Symbol] = []
    private var heap = MinimumHeap()
    /// How many merges have been taken from the heap, for tests.
    private(set) var stepCount = 0

    init(_ vocabulary: Vocabulary) { self.vocabulary = vocabulary }

    /// Appends the tokens of the bytes, which are one piece.
    mutating func append(_ range: Range<Int>, of bytes: [UInt8], to output: inout [Token]) {
        precondition(range.count < Int32.max, "a piece of \(range.count) bytes")
        symbols.removeAll(keepingCapacity: true)
        for byte in bytes[range] {
            let token = vocabulary.tokenOfByte[Int(byte)]
            guard token >= 0 else { continue }
            let place = Int32(symbols.count)
            symbols.append(Symbol(token: token, previous: place - 1, next: place + 1, rank: Self.none))
        }
        guard let last = symbols.indices.last else { return }
        symbols[last].next = -1
        for place in 0..<last { wait(place) }
        while let first = heap.popMinimum() {
            stepCount += 1
            let (place, rank) = (Int(first & 0xffff_ffff), UInt32(first >> 32))
            if symbols[place].rank == rank { merge(place, rank) }
        }
        var place = 0
        while place >= 0 {
            output.append(symbols[place].token)
            place = Int(symbols[place].next)
        }
    }

    /// Finds the rank of the merge of a symbol with its next one.
    private mutating func wait(_ place: Int) {
        let next = Int(symbols[place].next)
        guard next >= 0, let rank = vocabulary.rank(of: symbols[place].token, symbols[next].token) else {
            symbols[place].rank = Self.none
            return
        }
        symbols[place].rank = rank
        heap.push(UInt64(rank) << 32 | UInt64(place))
    }

    private mutating func merge(_ place: Int, _ rank: UInt32) {
        let absorbed = Int(symbols[place].next)
        symbols[place].token = vocabulary.merges[Int(rank)].result
        symbols[place].next = symbols[absorbed].next
        symbols[absorbed].rank = Self.none
        if symbols[place].next >= 0 { symbols[Int(symbols[place].next)].previous = Int32(place) }
        wait(place)
        if symbols[place].previous >= 0 { wait(Int(symbols[place].previous)) }
    }
}
