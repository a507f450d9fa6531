import Foundation
import LanguageModel
import Mathematics
import Problems
import ServiceKit
import Testing

@testable import OperatorCore

@Suite struct `Evaluation of a model` {
    private let plan = ModelEvaluation.Plan(
        sampleCount: 2, temperature: 1, maximumTokens: 8, seed: 1, threadCount: 1)

    private func problem(_ answer: String) -> Problem {
        Problem(question: "q", referenceAnswer: answer, referenceSolution: nil)
    }

    @Test func `samples are measured problem by problem`() throws {
        // Of four samples: the first problem 3 right, the second 1 right against 2 of one other answer, the third none.
        let solutions = [
            ["#### 1", "#### 1", "#### 1", "#### 2"], ["#### 5", "#### 6", "#### 6", "none"],
            ["a", "b", "#### 0", "c"],
        ]
        let samples = ModelEvaluation.Samples(solutions, of: [problem("1"), problem("5"), problem("9")], plan)
        #expect(samples.temperature == 1)
        #expect(samples.count == 4)
        #expect(abs(samples.mean - (0.75 + 0.25 + 0) / 3) < 1e-12)
        let majority = try #require(samples.majority)
        #expect(abs(majority - (1.0 + 0 + 0) / 3) < 1e-12)
        #expect(abs(samples.pass - (1.0 + 1 + 0) / 3) < 1e-12)
    }

    @Test func `samples are graded by the plan's rule for answers`() {
        var lenient = plan
        lenient.answers = .lastNumber
        let solutions = [["It is 1.", "#### 1"], ["no 5.5", "9"]]
        let problems = [problem("1"), problem("5")]
        let strictly = ModelEvaluation.Samples(solutions, of: problems, plan)
        let leniently = ModelEvaluation.Samples(solutions, of: problems, lenient)
        #expect((strictly.mean, leniently.mean) == (0.25, 0.5))
        #expect([strictly.majority, leniently.majority] == [0.5, 0.5])
    }

    @Test func `samples of puzzles are graded by their derivations, and there is nothing to vote on`() {
        let puzzle = Problem(question: "3 6 9 -> 5", referenceAnswer: "5", referenceSolution: nil, check: .puzzle)
        let samples = ModelEvaluation.Samples([["9+6=15\n15/3=5\n#### 5", "#### 5"]], of: [puzzle], plan)
        #expect((samples.mean, samples.pass) == (0.5, 1))
        #expect(samples.majority == nil && samples.json["maj_at_k"]?.json == "null")
    }

    @Test func `a model that knows nothing solves nothing, whichever the threads`() throws {
        let problems = Array(try ProblemsSpec("arithmetic:steps=2..3,style=symbols").problems(seed: 1, count: 5))
        let evaluation = try ModelEvaluation(`Work on a model file`.model, on: problems, plan)
        #expect(evaluation.problemCount == 5)
        #expect(evaluation.correctCount == 0)
        #expect(evaluation.noAnswerCount == 5)
        #expect(evaluation.samples?.pass == 0)
        #expect(evaluation.text.contains("greedy accuracy 0.0% (95% interval 0.0% to "))
        #expect(evaluation.json["samples"]?["k"]?.json == "2")
        var alone = plan
        (alone.sampleCount, alone.threadCount) = (1, 2)
        let greedy = try ModelEvaluation(`Work on a model file`.model, on: problems, alone)
        #expect(greedy.samples == nil)
        #expect(greedy.noAnswerCount == evaluation.noAnswerCount)
    }

    @Test func `problems are those of the family's test split, from the first on`() throws {
        let family = try ArithmeticFamily(dials: ["steps": "2..3", "style": "words"])
        let problems = Array(try ProblemsSpec("arithmetic:style=words,steps=2..3").problems(seed: 9, count: 3))
        #expect(problems == (0..<3).map { family.problem(seed: 9, index: $0, split: .test) })
    }

    @Test func `problems of a data set are those that a run of the seed evaluates on`() throws {
        let folder = try TemporaryFolder()
        let lines = (0..<9).map { "{\"question\":\"q\($0)\",\"answer\":\"#### \($0)\"}" }.joined(separator: "\n")
        try Data(lines.utf8).write(to: URL(fileURLWithPath: folder.file("test.jsonl")))
        let spec = try ProblemsSpec(folder.file("test.jsonl"))
        let order = try DataSet(jsonLines: Array(lines.utf8)).shuffled(seed: 3)
        #expect(Array(try spec.problems(seed: 3, count: 4)) == (0..<4).map { order[$0] })
        let error = #expect(throws: ServiceError.self) { try spec.problems(seed: 3, count: 10) }
        #expect(error?.message.contains("has 9, not 10") == true)
    }

    @Test(arguments: ["arithmetic:steps", "arithmetic:steps=2,steps=3", "arithmetic:=2"])
    func `dials that cannot be read are refused`(spec: String) {
        #expect(throws: ServiceError.self) { try ProblemsSpec(spec) }
    }
}
