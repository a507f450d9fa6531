import Foundation
import Mathematics
import Problems
import Testing

@Suite struct `A data set` {
    /// Reads lines in which `%` stands for the marks, which a raw string cannot have.
    private func dataSet(_ lines: String...) throws -> DataSet {
        try DataSet(jsonLines: Array(lines.joined(separator: "\n").replacing("%", with: "####").utf8))
    }

    /// A data set of so many different problems.
    private func dataSet(count: Int) -> DataSet {
        DataSet(
            problems: (0..<count).map {
                Problem(question: "q\($0)", referenceAnswer: "\($0)", referenceSolution: "#### \($0)")
            })
    }

    @Test func `is read a problem a line, without annotations and commas`() throws {
        let set = try dataSet(
            #"{"question":"How many clips?","answer":"She sold 48/2 = <<48/2=24>>24 in May.\nAll: $<<1200*1=1200>>1,200.\n% 1,200"}"#,
            "", #"  {"answer":"% -7","question":"ü\u2019s?","more":[1]}"# + "\r", "")
        #expect(
            set.problems == [
                Problem(
                    question: "How many clips?", referenceAnswer: "1200",
                    referenceSolution: "She sold 48/2 = 24 in May.\nAll: $1,200.\n#### 1200"),
                Problem(question: "ü\u{2019}s?", referenceAnswer: "-7", referenceSolution: "#### -7"),
            ])
    }

    @Test func `may have answers that are no integers`() throws {
        let set = try dataSet(#"{"question":"q","answer":"half of 3\n% 1.5"}"#)
        #expect(
            set.problems == [Problem(question: "q", referenceAnswer: "1.5", referenceSolution: "half of 3\n#### 1.5")])
    }

    @Test func `of the form of MATH has its answers in boxes or beside the solution`() throws {
        let set = try dataSet(
            #"{"problem":"q","solution":"So $x = 2$.\n\nThus $\\boxed{\\frac{1}{2}}$.","level":"Level 1"}"#,
            #"{"problem":"r","answer":"(3,4)","solution":"Try."}"#, #"{"problem":"s","answer":"7"}"#)
        #expect(
            set.problems == [
                Problem(
                    question: "q", referenceAnswer: "\\frac{1}{2}",
                    referenceSolution: "So $x = 2$.\nThus $\\boxed{\\frac{1}{2}}$.\n#### \\frac{1}{2}"),
                Problem(question: "r", referenceAnswer: "(3,4)", referenceSolution: "Try.\n#### (3,4)"),
                Problem(question: "s", referenceAnswer: "7", referenceSolution: nil),
            ])
    }

    @Test(arguments: [
        ("a << b", "a << b"), ("a >> b", "a >> b"), ("<<1>><<2>>3", "3"), ("<<1<<2>>3>>4", "3>>4"), ("a <<1", "a <<1"),
        (">>a<<b>>c<<", ">>ac<<"),
    ])
    func `loses whole annotations only`(step: String, kept: String) throws {
        let set = try dataSet(#"{"question":"q","answer":"\#(step)\n% 1"}"#)
        #expect(set.problems[0].referenceSolution == kept + "\n#### 1")
    }

    @Test func `may have lines that end in CR LF`() throws {
        let set = try dataSet(
            #"{"question":"a\r\nb?","answer":"1+1 = <<1+1=2>>2\r\nAll: 2.\r\n% 2\r\nThat is all.\r\n"}"# + "\r")
        #expect(
            set.problems == [
                Problem(question: "a\nb?", referenceAnswer: "2", referenceSolution: "1+1 = 2\nAll: 2.\n#### 2")
            ])
    }

    @Test func `keeps nothing after the answer`() throws {
        let set = try dataSet(#"{"question":"q","answer":"% 1\nstep\n% 2\nThat is all."}"#)
        #expect(
            set.problems[0] == Problem(question: "q", referenceAnswer: "2", referenceSolution: "#### 1\nstep\n#### 2"))
    }

    @Test(arguments: [
        "{", "[]", "{}", "7", #"{"question":"q"}"#, #"{"question":"","answer":"% 1"}"#,
        #"{"question":1,"answer":"% 1"}"#, #"{"question":"q","answer":1}"#,
        #"{"question":"q","answer":"1"}"#, #"{"question":"q","answer":"% "}"#, #"{"problem":"q"}"#,
        #"{"problem":"q","solution":"It is 5."}"#, #"{"problem":"","answer":"5"}"#, #"{"problem":"q","answer":" "}"#,
        "\u{FEFF}{}",
    ])
    func `is refused by the number of the line that is no problem`(line: String) {
        let error = #expect(throws: ProblemsError.self) {
            try dataSet(#"{"question":"q","answer":"% 1"}"#, "", line, "{")
        }
        #expect(error?.code == .unreadableDataSet)
        #expect(error?.message.contains("line 3 ") == true, "\(error?.message ?? "")")
    }

    @Test func `is refused where it is not UTF-8, and where it is empty`() {
        let bytes =
            Array(#"{"question":"q"#.utf8) + [0xff] + Array(#"","answer":"% 1"}"#.replacing("%", with: "####").utf8)
        #expect(throws: ProblemsError.self) { try DataSet(jsonLines: bytes) }
        #expect(throws: ProblemsError.self) { try dataSet("", " ") }
    }

    @Test(arguments: [1, 2, 3, 100]) func `has each problem once in its order, and then again`(count: Int) {
        let set = dataSet(count: count)
        let shuffled = set.shuffled(seed: 4)
        let indices = 0..<UInt64(count)
        #expect(Set(indices.map { shuffled[$0].question }) == Set(set.problems.map(\.question)))
        #expect(indices.map { shuffled[$0 + UInt64(count)] } == indices.map { shuffled[$0] })
        #expect(shuffled[.max] == shuffled[.max % UInt64(count)])
    }

    @Test func `has an order that follows from the seed`() {
        let set = dataSet(count: 100)
        #expect(set.shuffled(seed: 1) == set.shuffled(seed: 1))
        #expect(set.shuffled(seed: 1) != set.shuffled(seed: 2))
        #expect(set.shuffled(seed: 1) != set)
        // Each place is as likely as any other, within 5 standard deviations of 2000 draws.
        var first = Array(repeating: 0, count: 4)
        for seed in UInt64(0)..<2_000 { first[Int(dataSet(count: 4).shuffled(seed: seed)[0].referenceAnswer)!] += 1 }
        #expect(first.allSatisfy { abs($0 - 500) < 97 }, "\(first)")
    }

    /// Where the recipe gsm8k.yaml has it; it is no part of this project.
    private static let gsm8k = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../data/gsm8k")

    @Test(
        .enabled(
            if: FileManager.default.fileExists(atPath: gsm8k.path()),
            "GSM8K is not in data/gsm8k; deploy/recipes/gsm8k.yaml says where it comes from."),
        arguments: [("train", 7_473), ("test", 1_319)])
    func `is GSM8K as it is given out`(name: String, count: Int) throws {
        let bytes = [UInt8](try Data(contentsOf: Self.gsm8k.appending(path: "\(name).jsonl")))
        let set = try DataSet(jsonLines: bytes)
        #expect(set.problems.count == count)
        let solutions = set.problems.compactMap(\.referenceSolution)
        #expect(solutions.count == count)
        #expect(solutions.allSatisfy { !$0.contains("<<") && !$0.contains(">>") })
        #expect(zip(solutions, set.problems).allSatisfy { $0.hasSuffix("\n#### " + $1.referenceAnswer) })
        for rule in [AnswerRule.strict, .stated] {
            #expect(zip(solutions, set.problems).allSatisfy { $1.grade($0, by: rule).verdict == .correct })
        }
    }

    @Test(
        .enabled(
            if: FileManager.default.fileExists(atPath: gsm8k.path()),
            "GSM8K is not in data/gsm8k; deploy/recipes/gsm8k.yaml says where it comes from."),
        arguments: [("train", 23_714), ("test", 4_257)])
    func `has in GSM8K no annotated step that does not hold`(name: String, leastCount: Int) throws {
        struct Line: Decodable { let answer: String }
        let text = try String(contentsOf: Self.gsm8k.appending(path: "\(name).jsonl"), encoding: .utf8)
        var count = 0
        for line in text.split(separator: "\n") {
            let answer = try JSONDecoder().decode(Line.self, from: Data(line.utf8)).answer
            // The annotations alone, one a line.
            let annotations = answer.split(separator: "<<").dropFirst().map {
                "<<" + ($0.split(separator: ">>").first ?? "") + ">>"
            }
            let arithmetic = StepArithmetic(annotations.joined(separator: "\n"))
            #expect(arithmetic.firstMistake == nil, "\(answer)")
            count += arithmetic.equationCount
        }
        #expect(count >= leastCount, "\(count)")
    }
}
