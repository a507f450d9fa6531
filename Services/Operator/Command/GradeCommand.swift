import ArgumentParser
import Mathematics
import OperatorCore

struct GradeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "grade", abstract: "Grades answers against reference answers.",
        discussion: """
            Each line of the cases is {"gold": …, "pred": …}; both are whole solutions or answers alone. For each, in order, one \
            line is printed: {"verdict": "correct|incorrect|no_answer|error", "extracted": …, "reason": …}. \
            docs/verdicts.md says when two answers are one.

            Example: eightfold grade --cases cases.jsonl
            """)

    @Option(help: ArgumentHelp("The cases.", valueName: "file"))
    var cases: String

    @Option(
        help: ArgumentHelp(
            "How answers are found: strict (the line ####), stated (also \\boxed{} or \"the answer is\"), last-number (the line, else the last number) or anywhere.",
            valueName: "rule"))
    var answers = AnswerRule.anywhere.rawValue

    @Flag(help: "Prints nothing but these lines; else a summary follows on standard error.")
    var json = false

    func validate() throws {
        guard AnswerRule(rawValue: answers) != nil else {
            let names = AnswerRule.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--answers is one of \(names); got \(answers).")
        }
    }

    func run() throws {
        let rule = AnswerRule(rawValue: answers) ?? .anywhere
        var counts: [String: Int] = [:]
        for graded in try GradeCase.read(cases).lazy.map({ $0.graded(by: rule) }) {
            show(graded.json.json)
            counts[graded.verdict.name, default: 0] += 1
        }
        if !json { remark(counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")) }
    }
}
