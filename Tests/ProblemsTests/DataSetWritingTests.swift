import Basics
import Foundation
import Problems
import Testing

@Suite struct `A written data set` {
    /// Text of what breaks writers: quotes, escapes, controls, line ends of all kinds, marks, broken pairs, other scripts.
    private func hostile(_ generator: inout SeededGenerator) -> String {
        let parts = [
            "\"", "\\", "/", "\n", "\r", "\t", "\0", "\u{1}", "\u{8}", "\u{C}", "\u{1F}", "\u{7F}", "\u{85}",
            "\u{2028}", "\u{2029}",
            "\u{FEFF}", "e\u{301}", "é", "👩‍👩‍👧", "\u{202E}", "\u{FFFF}", "\\u0041", "\\n", "\",\"answer\":\"", "}", "]",
            "<", ">", "#", "####",
            "#### 9", "{\"a\":[", " ", "ab", "7", "−", "\u{10FFFF}",
        ]
        return (0..<(1 + generator.next() % 12)).map { _ in parts[Int(generator.next() % UInt64(parts.count))] }
            .joined()
    }

    @Test func `is read as what was written, however hostile the texts`() throws {
        var (refused, written) = (0, 0)
        for seed in 0..<2_000 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed, name: "hostile")
            let answer = generator.next() % 2 == 0 ? "\(generator.next() % 1_000)" : "x^2+1"
            let solution = generator.next() % 3 == 0 ? nil : hostile(&generator) + "\n#### \(answer)"
            let problem = Problem(
                question: hostile(&generator), referenceAnswer: answer, referenceSolution: solution,
                ancestry: (0..<(generator.next() % 4)).map { _ in
                    Ancestor(key: hostile(&generator), strategy: hostile(&generator))
                })
            let texts = [problem.question, solution ?? ""] + problem.ancestry.map(\.key)
            guard let line = try? problem.jsonLine() else {
                // What the reader changes is refused, and nothing else.
                let isChanged = texts.contains { $0.contains("\r\n") || $0.contains("<<") }
                #expect(isChanged, "seed \(seed): \(problem)")
                refused += 1
                continue
            }
            written += 1
            #expect(!line.utf8.contains { $0 < 0x20 }, "seed \(seed)")
            let read = try DataSet(jsonLines: Array(line.utf8)).problems
            #expect(read == [problem], "seed \(seed)")
            // Texts are equal to Swift also where only their normal forms are.
            let scalars = read.flatMap { [$0.question, $0.referenceSolution ?? ""] + $0.ancestry.map(\.key) }
            #expect(scalars.map { Array($0.utf8) } == texts.map { Array($0.utf8) }, "seed \(seed)")
        }
        #expect(written > 1_500 && refused > 20, "\(written) written, \(refused) refused")
    }

    @Test func `has a problem a line, and its keys in one order`() throws {
        let problems = [
            Problem(
                question: "Why \"a/b\"?\tNow", referenceAnswer: "2", referenceSolution: "1+1=2\n#### 2",
                ancestry: [Ancestor(key: "b", strategy: "more-complex"), Ancestor(key: "c", strategy: "s")]),
            Problem(question: "\u{1}", referenceAnswer: "\\frac{1}{2}", referenceSolution: nil),
        ]
        let text = String(decoding: try DataSet(problems: problems).jsonLines(), as: UTF8.self)
        #expect(
            text == #"""
                {"question":"Why \"a/b\"?\tNow","answer":"1+1=2\n#### 2","ancestry":[{"key":"b","strategy":"more-complex"},{"key":"c","strategy":"s"}]}
                {"problem":"\u0001","answer":"\\frac{1}{2}"}

                """#)
    }

    @Test func `is read by others as JSON`() throws {
        for seed in 0..<200 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed, name: "json")
            // Foundation's untyped reader loses byte order marks.
            let question = hostile(&generator).replacing("\u{FEFF}", with: "")
            let problem = Problem(question: question, referenceAnswer: "1", referenceSolution: nil)
            guard let line = try? problem.jsonLine() else { continue }
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String]
            #expect(object == ["problem": problem.question, "answer": "1"], "seed \(seed)")
        }
    }

    @Test(arguments: [
        Problem(
            question: "3 6 9 -> 5", referenceAnswer: "5", referenceSolution: "9+6=15\n15/3=5\n#### 5", check: .puzzle),
        Problem(question: "q", referenceAnswer: "1", referenceSolution: "1"),
        Problem(question: "q", referenceAnswer: "1", referenceSolution: "#### 2"),
        Problem(question: "q", referenceAnswer: "1", referenceSolution: "<<1=1>>1\n#### 1"),
        Problem(question: "q", referenceAnswer: "1", referenceSolution: "#### 1\nmore"),
        Problem(question: "", referenceAnswer: "1", referenceSolution: nil),
        Problem(question: "a\r\nb", referenceAnswer: "1", referenceSolution: nil),
        Problem(
            question: "q", referenceAnswer: "1", referenceSolution: nil, ancestry: [Ancestor(key: "", strategy: "s")]),
    ]) func `is refused where a problem would not be read as it is`(problem: Problem) {
        let error = #expect(throws: ProblemsError.self) { try DataSet(problems: [problem]).jsonLines() }
        #expect(error?.code == .unwritableProblem)
    }

    @Test func `holds every family's problems that are checked by their answers`() throws {
        let family = try ProblemFamilies.family(named: "words", dials: ["evolve": "more-complex", "generations": "2"])
        let set = DataSet(problems: (0..<50).map { family.problem(seed: 3, index: $0, split: .train) })
        #expect(try DataSet(jsonLines: set.jsonLines()) == set)
    }
}
