import Testing

@testable import Tokenization

@Suite struct `Merging bytes` {
    /// A vocabulary of all bytes and of random merges of what there is.
    private func vocabulary(seed: UInt64) throws -> Vocabulary {
        var generator = TestGenerator(seed: seed)
        var spellings = (0...255).map { [UInt8($0)] }
        var pairs: [(left: [UInt8], right: [UInt8])] = []
        let letters = Array("abc".utf8)
        while pairs.count < 40 {
            let parts = letters.map { [$0] } + spellings.dropFirst(256)
            guard let left = parts.randomElement(using: &generator), let right = parts.randomElement(using: &generator),
                !pairs.contains(where: { $0.left == left && $0.right == right })
            else { continue }
            pairs.append((left, right))
            if !spellings.contains(left + right) { spellings.append(left + right) }
        }
        return try Vocabulary(
            spellings: spellings, kinds: Array(repeating: .normal, count: spellings.count), merges: pairs)
    }

    /// Looks at all pairs again after every merge.
    private func merged(_ bytes: [UInt8], _ vocabulary: Vocabulary) -> [Token] {
        var tokens = bytes.map { Token($0) }
        while true {
            let ranked = zip(tokens, tokens.dropFirst()).enumerated().compactMap { place, pair in
                vocabulary.rank(of: pair.0, pair.1).map { (rank: $0, place: place) }
            }
            guard let best = ranked.min(by: { $0 < $1 }) else { return tokens }
            tokens.replaceSubrange(best.place...(best.place + 1), with: [vocabulary.merges[Int(best.rank)].result])
        }
    }

    @Test func `the lowest rank goes first, and of equal ones the leftmost`() throws {
        for seed in 0..<30 as Range<UInt64> {
            let vocabulary = try vocabulary(seed: seed)
            var generator = TestGenerator(seed: seed &+ 1000)
            var merger = PieceMerger(vocabulary)
            for count in 0..<40 {
                let bytes = (0..<count).map { _ in "abcd".utf8.randomElement(using: &generator) ?? 0 }
                var tokens: [Token] = []
                merger.append(bytes.indices, of: bytes, to: &tokens)
                #expect(tokens == merged(bytes, vocabulary), "seed \(seed), \(bytes)")
            }
        }
    }

    @Test(arguments: ["a", "ab", " ", "the", "漢"]) func `a long piece takes steps in proportion to its length`(
        _ unit: String
    ) throws {
        let vocabulary = try SmallVocabulary.tokenizer().vocabulary
        var merger = PieceMerger(vocabulary)
        let bytes = Array(String(repeating: unit, count: 200_000 / unit.utf8.count).utf8)
        var tokens: [Token] = []
        merger.append(bytes.indices, of: bytes, to: &tokens)
        #expect(merger.stepCount <= 3 * bytes.count, "each merge lets two others wait")
        #expect(tokens.flatMap { vocabulary.spellings[Int($0)] } == bytes)
    }

    @Test func `a byte without a token is dropped, and its neighbours meet`() throws {
        let spellings = ["a", "b", "ab"].map { Array($0.utf8) }
        let vocabulary = try Vocabulary(
            spellings: spellings, kinds: [.normal, .normal, .normal], merges: [(spellings[0], spellings[1])])
        var merger = PieceMerger(vocabulary)
        var tokens: [Token] = []
        merger.append(0..<4, of: Array("axbx".utf8), to: &tokens)
        merger.append(0..<2, of: Array("xx".utf8), to: &tokens)
        #expect(tokens == [2])
    }
}
