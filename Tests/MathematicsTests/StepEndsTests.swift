import Mathematics
import Testing

@Suite struct `Step ends` {
    /// Splits `pieces` into tokens numbered by position, so that a token's bytes can be any string.
    private func ends(_ pieces: [String]) -> [Int] {
        stepEnds(of: pieces.indices.map(Int32.init)) { Array(pieces[Int($0)].utf8) }
    }

    @Test(
        arguments: [
            ([], []),
            ([""], [1]),
            (["a"], [1]),
            (["a", "\n"], [2]),
            (["a", "\n", "b"], [2, 3]),
            (["7", "+5=12\n", "#### ", "12"], [2, 4]),
            (["a", "\n", ""], [3]),
            (["a", "\n", "", "b", ""], [2, 5]),
            (["a\n", "b\n"], [1, 2]),
            (["a\n\n", "b"], [1, 2]),
            (["a", "\n", "\n", "b"], [2, 3, 4]),
            (["a\nb", "c"], [1, 2]),
            (["a\nb\nc"], [1]),
        ] as [([String], [Int])])
    func `a step ends with the token that contains a newline, the last with the last token`(
        pieces: [String], expected: [Int]
    ) {
        #expect(ends(pieces) == expected)
    }

    @Test func `with bytes as tokens the steps are the lines`() {
        let solution = "7+5=12\n12*2=24\n#### 24"
        let tokens = solution.utf8.map(Int32.init)
        let ends = stepEnds(of: tokens) { [UInt8($0)] }
        let steps = zip([0] + ends, ends).map { String(decoding: tokens[$0..<$1].map(UInt8.init), as: UTF8.self) }
        #expect(steps == ["7+5=12\n", "12*2=24\n", "#### 24"])
    }
}
