import Credit
import Testing

@Suite struct `Format drift` {
    @Test func `is nothing between the same solutions in another order`() {
        let solutions = ["1+1=2\n#### 2", "It is 4.", "\\boxed{3}", ""]
        let drift = FormatDrift(from: solutions, to: solutions.reversed())
        #expect(drift.distances.values.allSatisfy { $0 == 0 } && drift.distances.count == 4)
    }

    @Test func `is the share of solutions that have another form`() {
        let before = Array(repeating: "1+1=2\n#### 2", count: 4)
        // Two have no marks; one of them begins with a word and has one step more. All have between 12 and 15 bytes.
        let after = ["1+1=2\n#### 2", "3+2=5\n#### 5", "12-11=1\n= 1.", "So\n1+1=2\n=2."]
        let drift = FormatDrift(from: before, to: after)
        #expect(drift.distances == [.answer: 0.5, .steps: 0.25, .length: 0, .opening: 0.25])
        #expect(drift.largest == (.answer, 0.5))
    }

    @Test(arguments: [
        ("#### 2", "\\boxed{2}"), ("\\boxed{2}", "The answer is 2."), ("The answer is 2.", "It is 2."), ("#### 2", "2"),
    ])
    func `sees where the answer stands`(before: String, after: String) {
        #expect(FormatDrift(from: [before], to: [after]).distances[.answer] == 1)
    }

    @Test func `sees that solutions become half as long again`() {
        let before = [String(repeating: "a", count: 100)]
        #expect(FormatDrift(from: before, to: [String(repeating: "a", count: 110)]).distances[.length] == 0)
        #expect(FormatDrift(from: before, to: [String(repeating: "a", count: 150)]).distances[.length] == 1)
        #expect(FormatDrift(from: [""], to: ["a"]).distances[.length] == 1)
    }
}
