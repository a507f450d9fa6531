import Foundation
import Testing

@testable import Studies

@Suite struct `A line of results` {
    static func result(_ method: String, _ size: Int, seed: UInt64 = 1, wrong: Int, of count: Int = 200) -> CellResult {
        var result = CellResult(method: method, size: size, seed: seed, digest: "0123", machine: "two cores")
        let solved = (0..<count).map { $0 >= wrong }
        result.evaluations = [CellResult.Evaluation(stage: "after", split: "test", policyVersion: 2, solved: solved)]
        result.keptPolicyVersion = 2
        return result
    }

    @Test func `reads back as it was written, each problem among it`() throws {
        var result = Self.result("sft", 64, wrong: 5, of: 13)
        result.rollouts = CellResult.Count(count: 3, tokens: 40)
        result.seconds = 1.5
        result.evaluations[0].passAtK = [1: 0.5, 2: 0.75]
        let line = try result.jsonLine
        #expect(line.count { $0 == UInt8(ascii: "\n") } == 1)
        let read = try CellResult.read(jsonLines: line + line)
        #expect(read == [result, result])
        #expect(read[0].evaluation(on: "test")?.isSolved == (0..<13).map { $0 >= 5 })
        #expect(read[0].evaluation(on: "test")?.solvedCount == 8)
    }

    @Test func `counts only evaluations of the policy version that was kept`() {
        var result = Self.result("sft", 64, wrong: 5)
        result.keptPolicyVersion = 1
        #expect(result.evaluation(on: "test") == nil)
        #expect(result.evaluation(on: "train") == nil)
    }

    @Test func `that was cut off at the end of the file is passed over`() throws {
        let result = Self.result("sft", 64, wrong: 5)
        let line = try result.jsonLine
        for length in 1..<line.count {
            let data = line + line.prefix(length)
            #expect(try CellResult.read(jsonLines: data) == [result])
            #expect(CellResult.wholeLinesLength(of: data) == line.count)
        }
        #expect(try CellResult.read(jsonLines: line.dropLast()).isEmpty)
    }

    @Test func `that is none is named by its number`() throws {
        let line = try Self.result("sft", 64, wrong: 5).jsonLine
        do {
            _ = try CellResult.read(jsonLines: line + Data("{\n".utf8))
            Issue.record("was read")
        } catch let error as StudyError {
            #expect(error.description.contains("line 2 is not"))
        }
    }
}
