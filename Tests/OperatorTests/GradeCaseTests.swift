import Foundation
import Mathematics
import Testing

@testable import OperatorCore

@Suite struct `Cases to grade` {
    private static let lines = [
        #"{"gold": "\\frac{1}{2}", "pred": "So the answer is $0.5$.", "more": 1}"#, "",
        #"{"gold": "half\n#### 1/2", "pred": "\\boxed{0.3}"}"#, #"{"gold": "5", "pred": ""}"#,
        #"{"gold": "5", "pred": "9^9^9^9"}"#,
    ]

    @Test func `are graded a line each, with what was extracted and why`() throws {
        let folder = try TemporaryFolder()
        try Self.lines.joined(separator: "\n").write(
            toFile: folder.file("cases.jsonl"), atomically: true, encoding: .utf8)
        let cases = try GradeCase.read(folder.file("cases.jsonl"))
        #expect(cases.count == 4)
        let graded = cases.map { $0.graded(by: .anywhere).json }
        #expect(graded[0].json == #"{"verdict":"correct","extracted":"0.5","reason":""}"#)
        #expect(graded[1].json == #"{"verdict":"incorrect","extracted":"0.3","reason":"The answer is 1/2."}"#)
        #expect(graded[2]["verdict"] == .text("no_answer") && graded[2]["extracted"] == .null)
        #expect(graded[3]["verdict"] == .text("error") && graded[3]["extracted"] == .text("9^9^9^9"))
        // The rule is the one that was asked for.
        #expect(cases.map { $0.graded(by: .strict).verdict.name } == ["error", "no_answer", "error", "error"])
    }

    @Test func `are graded by the command, in their order`() throws {
        let folder = try TemporaryFolder()
        try Self.lines.joined(separator: "\n").write(
            toFile: folder.file("cases.jsonl"), atomically: true, encoding: .utf8)
        let run = try Executable.run(["grade", "--cases", "cases.jsonl", "--json"], folder: folder.url)
        #expect(run.code == 0)
        let verdicts = try run.output.split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])["verdict"] as? String
        }
        #expect(verdicts == ["correct", "incorrect", "no_answer", "error"])
    }
}
