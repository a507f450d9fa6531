import Basics
@testable import Evolution
import Mathematics
import Testing

@Suite struct `A vote on an answer` {
    @Test func `counts as a plain count of numbers does, in whatever form they are written`() {
        for seed in 0..<400 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed, name: "votes")
            // Halves, so that forms differ; nil is a path without an answer.
            let halves: [Int?] = (0..<(1 + generator.next() % 12)).map { _ in
                let draw = Int(generator.next() % 6)
                return draw == 5 ? nil : 2 * draw + 1
            }
            let paths = halves.map { $0.map { path($0, &generator) } ?? "I do not know." }
            let vote = AnswerVote(paths: paths, rule: .stated)

            var counts: [Int: Int] = [:]
            for half in halves.compactMap(\.self) { counts[half, default: 0] += 1 }
            let most = counts.values.max() ?? 0
            let winners = counts.filter { $0.value == most }.keys
            #expect(vote.pathCount == halves.count && vote.answeredCount == halves.count { $0 != nil }, "seed \(seed)")
            #expect(vote.supporters.count == most && vote.isTied == (winners.count > 1), "seed \(seed): \(paths)")
            #expect(vote.agreement == Double(most) / Double(halves.count), "seed \(seed)")
            let voted = Set(vote.supporters.compactMap { halves[$0] })
            #expect(voted.count == (most == 0 ? 0 : 1) && voted.isSubset(of: winners), "seed \(seed): \(paths)")
            #expect((vote.answer == nil) == winners.isEmpty, "seed \(seed)")
        }
    }

    /// A path to half of an odd number.
    private func path(_ halves: Int, _ generator: inout SeededGenerator) -> String {
        let forms = [
            "#### \(halves)/2", "It is so.\n#### \(Double(halves) / 2)", "So $\\boxed{\\frac{\(halves)}{2}}$.",
            "#### \(2 * halves)/4", "The answer is \(halves / 2).5.",
        ]
        return forms[Int(generator.next() % UInt64(forms.count))]
    }

    @Test func `comes out alike whatever the order of the paths`() {
        let answers = ["50%", "0.5", "50", "1/2", "5 cm", "5", "5 m", "x = 3", "(1, 2)", "Ann", "3"]
        for seed in 0..<60 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed, name: "orders")
            let paths = (0..<7).map { _ in "#### " + answers[Int(generator.next() % UInt64(answers.count))] }
            let vote = AnswerVote(paths: paths, rule: .stated)
            let other = AnswerVote(paths: paths.reversed(), rule: .stated)
            #expect(vote.answer == other.answer && vote.isTied == other.isTied, "seed \(seed): \(paths)")
            #expect(vote.supporters == other.supporters.map { 6 - $0 }.reversed(), "seed \(seed): \(paths)")
        }
    }

    @Test(arguments: [
        (["#### 1,200", "#### 1200", "#### 7"], "1200"), (["#### 0.50", "#### 1/2", "#### 1/2"], "1/2"),
        (["#### 12.0", "#### 12"], "12"), (["#### Ann", "#### ann", "#### Ann"], "Ann"),
        (["\\boxed{(1,\n 2)}", "#### 3", "\\boxed{(1,\n 2)}"], "(1, 2)"),
    ]) func `gives the answer as it was written most often, or shortest, on one line`(paths: [String], answer: String) {
        #expect(AnswerVote(paths: paths, rule: .stated).answer == answer)
    }

    @Test func `finds answers by the rule`() {
        let paths = ["#### 3", "It is 3", "It is 4"]
        #expect(AnswerVote(paths: paths, rule: .strict).answeredCount == 1)
        #expect(AnswerVote(paths: paths, rule: .lastNumber).supporters == [0, 1])
    }

    @Test func `does not count what no solution could be graded by`() {
        let vote = AnswerVote(
            paths: ["#### ???", "####", "", "#### 9^9^9^9^9", "#### 1\u{202E}2", "#### 4"], rule: .stated)
        #expect(vote.answer == "4" && vote.agreement == 1.0 / 6)
    }

    @Test func `refuses a majority below the minimum agreement, also a wrong one`() throws {
        // 17 is right; 18 is the most frequent answer, with 3 of 8.
        let vote = AnswerVote(paths: [18, 17, 18, 16, 17, 18, 15, 14].map { "#### \($0)" }, rule: .stated)
        #expect(vote.answer == "18" && !vote.isTied)
        #expect(throws: Refusal.disagreement(votes: 3, paths: 8, minimumAgreement: 0.5)) {
            try vote.check(minimumAgreement: 0.5)
        }
        try vote.check(minimumAgreement: 0.375)
        #expect(throws: Refusal.self) { try vote.check(minimumAgreement: 0.376) }
    }

    @Test func `takes just the minimum agreement, as written in decimals`() throws {
        for (votes, paths, minimum) in [(3, 5, 0.6), (7, 10, 0.7), (1, 3, 1.0 / 3), (9, 10, 0.9), (29, 100, 0.29)] {
            let texts = (0..<paths).map { $0 < votes ? "#### 1" : "none" }
            try AnswerVote(paths: texts, rule: .stated).check(minimumAgreement: minimum)
            #expect(throws: Refusal.self) {
                try AnswerVote(paths: texts + ["none"], rule: .stated).check(minimumAgreement: minimum)
            }
        }
    }

    @Test func `refuses a tie of different answers, and no answer at all`() throws {
        #expect(throws: Refusal.tie(votes: 2, paths: 4)) {
            try AnswerVote(paths: ["#### 1", "#### 2", "#### 2", "#### 1"], rule: .stated).check(minimumAgreement: 0.5)
        }
        try AnswerVote(paths: ["#### 1/2", "#### 0.5"], rule: .stated).check(minimumAgreement: 1)
        #expect(throws: Refusal.noAnswer(paths: 2)) {
            try AnswerVote(paths: ["", "none"], rule: .stated).check(minimumAgreement: 0.5)
        }
    }
}
