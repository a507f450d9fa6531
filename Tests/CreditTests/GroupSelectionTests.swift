import Credit
import Mathematics
import Testing

@Suite struct `Group selection` {
    private let texts = ["a", "b", "a", "c", "b", "d", "e", "f", "\u{E9}", "e\u{301}"]
    private let verdicts: [Verdict] = [
        .incorrect, .correct, .incorrect, .incorrect, .correct, .noAnswer, .error(reason: "Lost."), .correct,
        .incorrect,
        .incorrect,
    ]

    @Test func `negatives are the first incorrect rollouts with distinct bytes`() {
        #expect(GroupSelection.negatives(texts: texts, verdicts: verdicts, limit: 8) == [0, 3, 8, 9])
        #expect(GroupSelection.negatives(texts: texts, verdicts: verdicts, limit: 2) == [0, 3])
        #expect(GroupSelection.negatives(texts: texts, verdicts: verdicts, limit: 0) == [])
    }

    @Test func `positives are the first correct rollouts with distinct bytes`() {
        #expect(GroupSelection.positives(texts: texts, verdicts: verdicts, limit: 8) == [1, 7])
        #expect(GroupSelection.positives(texts: texts, verdicts: verdicts, limit: 1) == [1])
    }

    @Test func `a text is judged by the verdict of each rollout that has it`() {
        // The same text with an error first: the graded one still counts.
        let selected = GroupSelection.positives(
            texts: ["a", "a"], verdicts: [.error(reason: "Lost."), .correct], limit: 4)
        #expect(selected == [1])
    }
}
