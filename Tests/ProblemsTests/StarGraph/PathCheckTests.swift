import Problems
import Testing

@Suite struct `The check of paths` {
    private let question = "3>7 9>4 7>12 3>9 4>12 | 3 12"

    private func check(_ solution: String) throws -> DerivationResult {
        PathCheck.check(solution, of: try #require(PathQuestion(question)))
    }

    @Test(arguments: ["3>7\n7>12\n#### 12", "3>9\n9>4\n4>12\n#### 12", " 3 > 7\r\n7>12 \n####12\n7>3"])
    func `takes every path from the start to the goal`(solution: String) throws {
        #expect(try check(solution) == .correct)
    }

    @Test(
        arguments: [
            ("7>12\n#### 12", 1, "does not go on from 3"), ("3>7\n3>9\n#### 12", 2, "does not go on from 7"),
            ("3>12\n#### 12", 1, "is no edge of the graph"), ("3>7\n7>3\n#### 12", 2, "is no edge of the graph"),
            ("3-7\n#### 12", 1, "is no edge a>b"), ("3>7 7>12\n#### 12", 1, "is no edge a>b"),
            ("3>7\n\n7>12\n#### 12", 2, "is no edge a>b"), ("#### 12", 1, "ends at 3"),
            ("3>7\n#### 7", 2, "must end at 12"), ("3>7\n#### 12", 2, "ends at 7 and says 12"),
            ("3>7\n7>12\n#### 7", 3, "says 7"),
        ] as [(String, Int, String)])
    func `names the first step that does not hold, and why`(solution: String, step: Int, part: String) throws {
        guard case .incorrect(let found, let reason) = try check(solution) else {
            Issue.record("\(solution) was taken")
            return
        }
        #expect(found == step)
        #expect(reason.contains(part), "\(reason)")
    }

    @Test(arguments: ["", "3>7\n7>12", "3>7\n7>12\n#### there"]) func `sees when there is no answer`(solution: String)
        throws
    {
        #expect(try check(solution) == .noAnswer)
    }

    @Test(arguments: [
        "", "|", "| 3 12", "3>7 | 3", "3>7 | 3 7 9", "3>7 3 7", "3>7, 7>9 | 3 9", "3>7777777777777 | 3 7",
    ])
    func `reads no question that is none`(text: String) {
        #expect(PathQuestion(text) == nil)
    }

    @Test func `reads no question that is too long`() {
        let edge = "3>7 "
        #expect(PathQuestion(String(repeating: edge, count: 4096) + "| 3 7") != nil)
        #expect(PathQuestion(String(repeating: edge, count: 4097) + "| 3 7") == nil)
    }
}
