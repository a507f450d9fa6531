import Testing

@testable import Recipe

@Suite struct `The nearest word` {
    @Test(arguments: [
        ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("kitten", "sitting", 3), ("flaw", "lawn", 2), ("same", "same", 0),
        ("ab", "ba", 2),
    ])
    func `is measured by insertions, deletions and replacements`(first: String, second: String, edits: Int) {
        #expect(Suggestion.editDistance(first, second) == edits)
        #expect(Suggestion.editDistance(second, first) == edits)
    }

    @Test func `is none when all are far`() {
        #expect(Suggestion.nearest(to: "temperature", among: ["beta", "wave"]) == nil)
        #expect(Suggestion.nearest(to: "x", among: []) == nil)
    }

    @Test func `is the first of equals`() {
        #expect(Suggestion.nearest(to: "wame", among: ["wave", "name"]) == "wave")
    }
}
