/// The tokens of a byte-level vocabulary, the merges that make them, and what encoding looks up.
///
/// A vocabulary without merges has one token a byte. One that lacks a token for some byte drops that byte, as the
/// reference implementations do.
final class Vocabulary: Sendable {
    /// Two tokens that become one; a merge's rank is its place among the merges.
    struct Merge: Hashable, Sendable {
        let left: Token
        let right: Token
        /// The token with the bytes of both.
        let result: Token
    }

    /// Each token's bytes; a special token's are its spelling, such as `<|endoftext|>`.
    let spellings: [[UInt8]]
    /// What each token is for.
    let kinds: [TokenKind]
    /// The merges by rank.
    let merges: [Merge]
    /// The token of each byte; -1 for none.
    let tokenOfByte: [Token]
    /// The ordinary tokens by their bytes.
    let ordinaryTokens: [[UInt8]: Token]
    /// The rank of the merge of two tokens.
    private let ranks: [UInt64: UInt32]
    /// The spellings that are always taken whole from text.
    let userDefined: SpellingTrie
    /// Those and the special tokens' spellings.
    let parsed: SpellingTrie

    /// - Throws: `malformed` naming the token or the merge at fault.
    init(spellings: [[UInt8]], kinds: [TokenKind], merges pairs: [(left: [UInt8], right: [UInt8])])
        throws(TokenizationError)
    {
        precondition(spellings.count == kinds.count, "\(spellings.count) spellings and \(kinds.count) kinds")
        guard !spellings.isEmpty, spellings.count <= Int(Token.max), pairs.count <= Int(Token.max) else {
            throw TokenizationError(
                .malformed, "A vocabulary must have 1 to 2^31 - 1 tokens; it has \(spellings.count).")
        }
        let ordinary = try Self.ordinaryTokens(spellings, kinds)
        var ranks: [UInt64: UInt32] = [:]
        ranks.reserveCapacity(pairs.count)
        var merges: [Merge] = []
        merges.reserveCapacity(pairs.count)
        for (rank, pair) in pairs.enumerated() {
            guard let left = ordinary[pair.left], let right = ordinary[pair.right],
                let result = ordinary[pair.left + pair.right]
            else {
                throw TokenizationError(
                    .malformed,
                    "Both parts and the result of a merge must be ordinary tokens of the vocabulary; those of merge "
                        + "\(rank) are not.")
            }
            guard ranks.updateValue(UInt32(rank), forKey: Self.key(left, right)) == nil else {
                throw TokenizationError(.malformed, "A merge must occur once; merge \(rank) repeats an earlier one.")
            }
            merges.append(Merge(left: left, right: right, result: result))
        }
        self.spellings = spellings
        self.kinds = kinds
        self.merges = merges
        self.ranks = ranks
        ordinaryTokens = ordinary
        tokenOfByte = (0...255).map { ordinary[[UInt8($0)]] ?? -1 }
        let named = zip(spellings, kinds).enumerated().map { (Token($0.offset), $0.element.0, $0.element.1) }
        userDefined = SpellingTrie(named.filter { $0.2 == .userDefined }.map { ($0.1, $0.0) })
        parsed = SpellingTrie(named.filter { !$0.2.isOrdinary && $0.2 != .unused }.map { ($0.1, $0.0) })
    }

    private static func ordinaryTokens(_ spellings: [[UInt8]], _ kinds: [TokenKind]) throws(TokenizationError)
        -> [[UInt8]: Token]
    {
        var (ordinary, others): ([[UInt8]: Token], [[UInt8]: Token]) = ([:], [:])
        ordinary.reserveCapacity(spellings.count)
        for (id, (spelling, kind)) in zip(spellings, kinds).enumerated() {
            let earlier =
                kind.isOrdinary
                ? ordinary.updateValue(Token(id), forKey: spelling) : others.updateValue(Token(id), forKey: spelling)
            if let earlier {
                throw TokenizationError(
                    .malformed, "A token's spelling must be its own; tokens \(earlier) and \(id) share one.")
            }
        }
        return ordinary
    }

    private static func key(_ left: Token, _ right: Token) -> UInt64 {
        UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
    }

    /// The rank of the merge of the two tokens; nil when they do not merge.
    func rank(of left: Token, _ right: Token) -> UInt32? { ranks[Self.key(left, right)] }
}

extension Vocabulary: Hashable {
    static func == (a: Vocabulary, b: Vocabulary) -> Bool {
        a === b || (a.spellings == b.spellings && a.kinds == b.kinds && a.merges == b.merges)
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(spellings)
        hasher.combine(kinds)
        hasher.combine(merges)
    }
}
