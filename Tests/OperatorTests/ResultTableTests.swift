import Credit
import Ledger
import Recipe
import Testing
import Wire

@testable import OperatorCore

@Suite struct `A table of results` {
    private static func result(_ stage: Int, correct: Int, of count: Int) -> EvaluationResult {
        EvaluationResult(
            stage: stage, policyVersion: UInt64(stage),
            grades: (0..<count).map { [$0 < correct ? Grade.correct : .incorrect] },
            solutions: (0..<count).map { $0 < correct ? "#### 1" : "It is 1" },
            problems: Array(repeating: Problem(question: "", referenceSolution: "#### 1"), count: count))
    }

    private static let recipe = try? Recipe(
        yaml: """
            stages:
              - evaluate: {name: base}
              - evaluate: {name: before}
              - evaluate: {name: after}
              - evaluate: {name: fewer}
            """, file: "test")

    @Test func `has the gain of each evaluation over the one before it, if both had the same problems`() throws {
        let recipe = try #require(Self.recipe)
        let results = [
            Self.result(0, correct: 10, of: 200), Self.result(1, correct: 100, of: 200),
            Self.result(2, correct: 130, of: 200), Self.result(3, correct: 50, of: 100),
        ]
        let rows = ResultTable(results, recipe: recipe).rows
        #expect(rows.map(\.name) == ["base", "before", "after", "fewer"])
        #expect(
            rows.map(\.gain) == [
                nil, .gain(before: results[0].isCorrect, after: results[1].isCorrect),
                .gain(before: results[1].isCorrect, after: results[2].isCorrect), nil,
            ])
        #expect(rows[2].gain?.lower ?? 0 > 0.09 && rows[2].gain?.upper ?? 1 < 0.21)
        // 30 of 200 solutions have marks that had none.
        #expect(rows.map { $0.drift?.distances[.answer].map { ($0 * 1e9).rounded() / 1e9 } } == [nil, 0.45, 0.15, nil])
        #expect(
            ResultTable(results, recipe: recipe).text.contains(
                "points" + String(repeating: " ", count: 11) + "0.15 (answer)"))
    }
}
