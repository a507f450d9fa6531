import Testing
import Wire

@testable import LearnerCore

@Suite struct `The pass rates of a stage` {
    private func order(_ outcomes: Outcome...) -> Member {
        let members = Members(members: outcomes.map { Member(end: .result, result: $0.encoded()) })
        return Member(end: .result, result: members.encoded())
    }

    @Test func `are counted by level, without errors, and carried on`() throws {
        var rates = RoundCurriculum(
            DecisionPoint(passRates: [PassRate(level: "1 step", correct: 6, rollouts: 8)]))
        try rates.add([
            order(
                Outcome(correct: 1, incorrect: 2, noAnswer: 1, errors: 4, level: "1 step"),
                Outcome(correct: 2, incorrect: 2, level: "2 steps")),
            order(Outcome(incorrect: 4, level: "2 steps")),
            Member(end: .error, reason: "a dead letter"),
        ])
        #expect(
            rates.passRates == [
                PassRate(level: "1 step", correct: 4, rollouts: 8), PassRate(level: "2 steps", correct: 2, rollouts: 8),
            ])
        #expect(rates.lines[0] == "1 step: 4 of 8 rollouts correct, weight 1.0")
    }

    @Test func `move a family with levels to the next one above the band, and back below it`() throws {
        let levels = [["a": "1"], ["a": "2"], ["a": "3"]]
        func next(_ difficulty: Int, correct: Int) throws -> RoundCurriculum {
            var rates = RoundCurriculum(DecisionPoint(round: 1, difficulty: difficulty), levels: levels)
            try rates.add([order(Outcome(correct: correct, incorrect: 10 - correct, errors: 90, level: "1 step"))])
            return rates
        }
        #expect(try [0, 1, 2].map { try next($0, correct: 8).difficulty } == [1, 2, 2])
        #expect(try [0, 1, 2].map { try next($0, correct: 5).difficulty } == [0, 1, 2])
        #expect(try [0, 1, 2].map { try next($0, correct: 2).difficulty } == [0, 0, 1])
        let rates = try next(1, correct: 8)
        #expect(rates.dials == ["a": "3"] && rates.orderPassRates.isEmpty && !rates.passRates.isEmpty)
        #expect(rates.lines.last == "difficulty 3 of 3 comes next: a 3")
    }

    @Test func `pass over problems that have no outcome`() throws {
        let lost = Members(members: [Member(end: .error, reason: "lost")])
        var rates = RoundCurriculum(DecisionPoint())
        try rates.add([Member(end: .result, result: lost.encoded())])
        #expect(rates.passRates.isEmpty)
    }
}
