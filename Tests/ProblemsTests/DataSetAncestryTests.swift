import Basics
import Problems
import Testing

@Suite struct `The ancestry in a data set` {
    private func problems(_ line: String) throws -> [Problem] {
        try DataSet(jsonLines: Array(line.replacing("%", with: "####").utf8)).problems
    }

    @Test func `is read whole, the first ancestor first, by key or question, in either form`() throws {
        let chain = #"[{"question":"a\r\nb","strategy":"change-numbers"},{"strategy":"more-complex","key":"q0=1"}]"#
        let ancestry = [
            Ancestor(key: "a\nb", strategy: "change-numbers"), Ancestor(key: "q0=1", strategy: "more-complex"),
        ]
        #expect(
            try problems(#"{"question":"q","answer":"% 1","ancestry":\#(chain)}"#)
                == [Problem(question: "q", referenceAnswer: "1", referenceSolution: "#### 1", ancestry: ancestry)])
        #expect(try problems(#"{"problem":"q","answer":"1","ancestry":\#(chain)}"#).map(\.ancestry) == [ancestry])
        #expect(
            try problems(#"{"problem":"q","solution":"\\boxed{1}","ancestry":\#(chain)}"#).map(\.ancestry) == [ancestry]
        )
    }

    @Test(arguments: ["[]", "null"]) func `may be empty`(ancestry: String) throws {
        #expect(try problems(#"{"question":"q","answer":"% 1","ancestry":\#(ancestry)}"#).map(\.ancestry) == [[]])
    }

    @Test(arguments: [
        "1", #""a""#, "{}", "[1]", "[{}]", #"[{"key":"a"}]"#, #"[{"strategy":"s"}]"#, #"[{"key":"","strategy":"s"}]"#,
        #"[{"key":"a","strategy":""}]"#, #"[{"key":"a","question":"b","strategy":"s"}]"#,
        #"[{"key":1,"strategy":"s"}]"#,
        #"[{"key":"a","strategy":"s"},{"key":"b"}]"#,
    ]) func `is refused by the number of its line where an ancestor is not whole`(ancestry: String) {
        let good = #"{"question":"q","answer":"% 1"}"#
        let error = #expect(throws: ProblemsError.self) {
            try problems(good + "\n" + #"{"question":"q","answer":"% 1","ancestry":\#(ancestry)}"#)
        }
        #expect(
            error?.code == .unreadableDataSet && error?.message.contains("line 2 ") == true, "\(error?.message ?? "")")
    }
}
