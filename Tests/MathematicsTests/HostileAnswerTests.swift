import Basics
import Foundation
import Fuzzing
import Testing

@testable import Mathematics

/// Whatever a policy writes gets a verdict; each kind of text has a process of its own with bounded memory.
@Suite struct `Hostile answers` {
    /// Far beyond what `Limits` allow on any machine: a text that takes longer is one on which grading hangs.
    static let longest = Duration.seconds(20)

    /// Grades a text against itself and another one; returns whether it is mathematics.
    static func isMathematics(_ text: String, against other: String) -> Bool {
        let start = ContinuousClock.now
        let same = grade(solution: text, by: .anywhere, reference: text, referenceRule: .anywhere)
        // What is graded against itself is correct, or cannot be graded.
        if case .incorrect = same.verdict { preconditionFailure("not equal to itself: \(text.debugDescription)") }
        _ = grade(solution: text, by: .anywhere, reference: other, referenceRule: .anywhere)
        _ = StepArithmetic(text)
        precondition(start.duration(to: .now) < longest, "grading hangs on \(text.debugDescription)")
        if same.errorKind != nil { precondition(same.reason.count > 20) }
        guard let answer = try? Answer(reading: text) else { return false }
        if case .words = answer { return false }
        return true
    }

    @Test func `of a grammar`() async {
        let result = await #expect(processExitsWith: .success) {
            try FuzzRun.play("answers-grammar", slice: 1_000) { _, generator in
                var other = generator
                let text = RandomAnswer.text(&generator)
                _ = other.next()
                // Most are damaged.
                guard generator.next() & 3 > 0 else {
                    return Self.isMathematics(text, against: RandomAnswer.text(&other))
                }
                let bytes = Mutation.bytes(Array(text.utf8), focus: 0..<text.utf8.count, using: &generator)
                return Self.isMathematics(String(decoding: bytes, as: UTF8.self), against: text)
            }
        }
        FuzzRun.report("answers-grammar", failed: result == nil)
    }

    @Test func `of bytes`() async {
        let result = await #expect(processExitsWith: .success) {
            let texts = try CorpusCase.read("verdicts.jsonl").map(\.pred).filter { $0.utf8.count < 1_000 }
            try FuzzRun.play("answers-bytes", slice: 1_400) { seed, generator in
                let text = Array(texts[Int(seed) % texts.count].utf8)
                let bytes = Mutation.bytes(text, focus: 0..<text.count, using: &generator)
                // Counted are those that are none any more.
                return !Self.isMathematics(String(decoding: bytes, as: UTF8.self), against: "42")
            }
        }
        FuzzRun.report("answers-bytes", failed: result == nil)
    }

    /// What is graded, and the kind of its error. In the log it stands cut off.
    struct Hostile: CustomTestStringConvertible {
        let text: String
        let kind: String
        var testDescription: String { "\(text.prefix(40).debugDescription) of \(text.utf8.count) bytes: \(kind)" }

        init(_ text: String, _ kind: String) { (self.text, self.kind) = (text, kind) }
    }

    @Test(arguments: [
        Hostile("9^9^9^9", "too-large"), Hostile("10^{10^{10}}", "too-large"), Hostile("(10^9)!", "too-large"),
        Hostile("1e999999999", "too-large"),
        Hostile("10^{20000}", "too-large"), Hostile(String(repeating: "9", count: 30_000), "too-large"),
        Hostile(String(repeating: "{", count: 3_000) + "42" + String(repeating: "}", count: 3_000), "too-deep"),
        Hostile(String(repeating: "-", count: 30_000) + "1", "too-deep"),
        Hostile(String(repeating: "\\sqrt", count: 5_000) + "2", "too-deep"),
        Hostile(String(repeating: "2^", count: 5_000) + "2", "too-deep"), Hostile("4\u{0}2", "hidden-characters"),
        Hostile("\u{202E}24", "hidden-characters"), Hostile("42\u{200F}", "hidden-characters"),
        Hostile("5" + String(repeating: "!", count: 1_000), "too-deep"),
        Hostile(String(repeating: "{", count: 10 << 20), "too-long"),
        Hostile("#### " + String(repeating: "1,", count: 40_000), "too-long"),
    ])
    func `get an error of a kind that says what is wrong`(hostile: Hostile) {
        let graded = grade(solution: hostile.text, by: .anywhere, reference: "5")
        #expect(graded.verdict == .error(reason: graded.reason))
        #expect(graded.errorKind?.rawValue == hostile.kind)
    }
}
