import Testing
import Tokenization
import Wire

@testable import OperatorCore

@Suite struct `A check of pits` {
    /// Of the puzzle 1 2 3 -> 6, which 1+2=3 and 3+3=6 solve, and nothing does after 3-2=1.
    private func pair(_ context: String, _ rejected: String, layout: String = "next-step") -> Experience {
        func tokens(_ text: String) -> [UInt32] {
            Tokenizer.bytes.encode(text, parsesSpecialTokens: false).map { UInt32(bitPattern: $0) }
        }
        return Experience(
            kind: .preferencePair, contextTokens: tokens("1 2 3 -> 6\n" + context), chosenTokens: tokens("x"),
            rejectedTokens: tokens(rejected), weight: 1, layout: layout)
    }

    @Test(arguments: [
        ("", "3-2=1\n", false), ("", "1+2=3\n", true), ("1+2=3\n", "3-3=0\n", false), ("1+2=3\n", "3+3=6\n", true),
        ("", "1+2=4\n", false),
    ])
    func `finds those after which the target can still be reached`(context: String, rejected: String, isFalse: Bool)
        throws
    {
        for layout in ["next-step", "paper-1"] {
            var check = PitCheck(.bytes)
            try check.add(
                layout == "paper-1" ? pair("", context + rejected, layout: layout) : pair(context, rejected))
            #expect(check.checkedCount == 1 && check.falseCount == (isFalse ? 1 : 0), "\(layout)")
        }
    }

    @Test func `leaves out what has no pit or no exact values`() throws {
        var check = PitCheck(.bytes)
        try check.add(pair("", "1+2=3\n", layout: "random"))
        var other = pair("", "1+2=3\n")
        other.contextTokens = Array("7; +5\n".utf8).map(UInt32.init)
        try check.add(other)
        other.kind = .weightedTokens
        try check.add(other)
        #expect(check.checkedCount == 0)
    }
}
