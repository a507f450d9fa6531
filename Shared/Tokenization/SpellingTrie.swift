/// Finds the longest of many spellings at a place in some bytes, in time of the spelling's length.
struct SpellingTrie: Sendable {
    /// The node after each first byte; 0 for none.
    private var roots = [Int32](repeating: 0, count: 256)
    /// The node after a node and a byte.
    private var children: [UInt64: Int32] = [:]
    /// The token that ends at each node; -1 for none. Node 0 stands for no node.
    private var tokens: [Token] = [-1]

    /// The trie of these spellings; empty ones are never found.
    init(_ spellings: [(spelling: [UInt8], token: Token)]) {
        for (spelling, token) in spellings {
            guard let first = spelling.first else { continue }
            var node = roots[Int(first)]
            if node == 0 {
                node = newNode()
                roots[Int(first)] = node
            }
            for byte in spelling.dropFirst() {
                let key = Self.key(node, byte)
                node = children[key] ?? newNode()
                children[key] = node
            }
            tokens[Int(node)] = token
        }
    }

    private mutating func newNode() -> Int32 {
        tokens.append(-1)
        return Int32(tokens.count - 1)
    }

    private static func key(_ node: Int32, _ byte: UInt8) -> UInt64 { UInt64(node) << 8 | UInt64(byte) }

    /// Whether there is nothing to find.
    var isEmpty: Bool { tokens.count == 1 }

    /// The token of the longest spelling that begins at `start` and ends at most at `end`, and where it ends.
    func longest(at start: Int, _ end: Int, in bytes: [UInt8]) -> (token: Token, end: Int)? {
        guard start < end else { return nil }
        var node = roots[Int(bytes[start])]
        var position = start
        var found: (token: Token, end: Int)?
        while node != 0 {
            position += 1
            if tokens[Int(node)] >= 0 { found = (tokens[Int(node)], position) }
            guard position < end else { break }
            node = children[Self.key(node, bytes[position])] ?? 0
        }
        return found
    }
}
