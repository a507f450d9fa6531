import Foundation
import Testing

@testable import Mathematics

/// Cases that were labelled apart from the grader, by hand.
struct CorpusCase: Decodable {
    let rule: String
    let gold: String
    let pred: String
    let verdict: String

    static func read(_ name: String) throws -> [CorpusCase] {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "Fixtures/\(name)")
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
            try JSONDecoder().decode(CorpusCase.self, from: Data($0.utf8))
        }
    }

    var graded: GradedSolution { grade(solution: pred, by: .anywhere, reference: gold, referenceRule: .anywhere) }
}

@Suite struct `The corpus of verdicts` {
    @Test(arguments: ["verdicts.jsonl", "solutions.jsonl"])
    func `has the verdicts that were written down for it`(file: String) throws {
        let cases = try CorpusCase.read(file)
        var (truePositives, falsePositives, falseNegatives, wrong) = (0, 0, 0, [String]())
        for one in cases {
            let graded = one.graded
            switch (one.verdict == "correct", graded.verdict.isCorrect) {
            case (true, true): truePositives += 1
            case (false, true): falsePositives += 1
            case (true, false): falseNegatives += 1
            case (false, false): break
            }
            if graded.verdict.name != one.verdict {
                wrong.append(
                    "\(one.verdict) → \(graded.verdict.name) [\(one.rule)] \(one.gold.prefix(80)) ~ \(one.pred.suffix(80))"
                )
            }
        }
        let precision = Double(truePositives) / Double(truePositives + falsePositives)
        let recall = Double(truePositives) / Double(truePositives + falseNegatives)
        print(
            "\(file): \(cases.count) cases, \(wrong.count) with another verdict, precision \(precision), recall \(recall)"
        )
        #expect(wrong.isEmpty, "\(wrong.joined(separator: "\n"))")
    }

    @Test func `is symmetric where both sides are answers alone`() throws {
        for one in try CorpusCase.read("verdicts.jsonl") where ["correct", "incorrect"].contains(one.verdict) {
            guard let gold = try? Answer(reading: one.gold), let pred = try? Answer(reading: one.pred) else { continue }
            var comparison = AnswerComparison()
            let forth = try? comparison.areEqual(gold, pred)
            comparison = AnswerComparison()
            let back = try? comparison.areEqual(pred, gold)
            #expect(forth == back, "\(one.gold) ~ \(one.pred)")
        }
    }

    @Test func `finds every answer equal to itself`() throws {
        for one in try CorpusCase.read("verdicts.jsonl") where one.verdict != "error" {
            for text in [one.gold, one.pred] {
                guard let answer = try? Answer(reading: text) else { continue }
                var comparison = AnswerComparison()
                #expect((try? comparison.areEqual(answer, answer)) == true, "\(text)")
            }
        }
    }
}
