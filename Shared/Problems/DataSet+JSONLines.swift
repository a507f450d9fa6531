import Foundation
import Mathematics

extension DataSet {
    /// Reads a data set, one JSON object a line, in the form that GSM8K has, with the texts `question` and `answer`, or in that of
    /// MATH, with `problem` and `answer` or `solution`. Other fields and empty lines are passed over.
    ///
    /// GSM8K's answer holds the reference solution, one step a line, and then `#### N`. Calculator annotations, `<<48/2=24>>`, are
    /// taken out of it, and so are the commas of an integer. MATH's solution holds its answer in the last `\boxed{}`; its lines are
    /// the steps, and a line `#### N` with the answer is put behind them. Without a solution there is no reference solution. Lines of
    /// all texts may end in CR LF, which becomes LF.
    ///
    /// - Throws: `ProblemsError` with `unreadableDataSet` that names the first line that is no such problem, or says that
    ///   there is none.
    /// - Source: Cobbe et al. 2021 (arXiv 2110.14168) and Hendrycks et al. 2021 (arXiv 2103.03874) for the forms.
    public init(jsonLines bytes: [UInt8]) throws(ProblemsError) {
        var problems: [Problem] = []
        let decoder = JSONDecoder()
        for (index, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            guard !line.allSatisfy({ [0x20, 0x09, 0x0d].contains($0) }) else { continue }
            guard let entry = try? decoder.decode(Entry.self, from: Data(line)),
                let problem = try entry.problem(line: index + 1)
            else {
                throw ProblemsError(
                    .unreadableDataSet,
                    "Each line of a data set must be {\"question\": …, \"answer\": …}, or {\"problem\": …} with an \"answer\" or a "
                        + "\"solution\", all texts, the question not empty; line \(index + 1) is not.")
            }
            problems.append(problem)
        }
        guard !problems.isEmpty else {
            throw ProblemsError(.unreadableDataSet, "A data set must have at least one problem; this one is empty.")
        }
        self.init(problems: problems)
    }
}

/// A line of a data set.
private struct Entry: Decodable {
    let question: String?
    let problem: String?
    let answer: String?
    let solution: String?

    /// The problem; nil if texts are missing.
    func problem(line: Int) throws(ProblemsError) -> Problem? {
        // To Swift, CR LF is one character, which is no line break; models know LF alone.
        let (answer, solution) = (answer?.replacing("\r\n", with: "\n"), solution?.replacing("\r\n", with: "\n"))
        if let question, !question.isEmpty, let answer {
            return try Self.marked(question.replacing("\r\n", with: "\n"), answer, line)
        }
        guard let problem, !problem.isEmpty, answer != nil || solution != nil else { return nil }
        return try Self.boxed(problem.replacing("\r\n", with: "\n"), answer, solution, line)
    }

    /// A problem whose answer holds the solution, and then a line of marks.
    private static func marked(_ question: String, _ text: String, _ line: Int) throws(ProblemsError) -> Problem {
        guard let answer = try? ExtractedAnswer.extract(from: text, by: .strict)?.text else {
            throw ProblemsError(
                .unreadableDataSet,
                "The answer of each problem must have a last line #### with the answer; that of line \(line) ends in "
                    + "\"\(text.suffix(40))\". Take the problem out.")
        }
        let normal = FinalAnswer(parsing: answer)?.text ?? answer
        return Problem(question: question, referenceAnswer: normal, referenceSolution: solution(text, normal))
    }

    /// A problem whose answer stands by itself, or in the last box of the solution.
    private static func boxed(_ question: String, _ answer: String?, _ solution: String?, _ line: Int)
        throws(ProblemsError)
        -> Problem
    {
        guard
            let answer = answer ?? (try? solution.flatMap { try ExtractedAnswer.extract(from: $0, by: .stated)?.text }),
            answer.contains(where: { !$0.isWhitespace })
        else {
            throw ProblemsError(
                .unreadableDataSet,
                "The solution of each problem must hold its answer in \\boxed{}; that of line \(line) does not. Take the problem out."
            )
        }
        let steps = solution?.split(separator: "\n").filter { !$0.allSatisfy(\.isWhitespace) }.map { $0 + "\n" }
            .joined()
        return Problem(
            question: question, referenceAnswer: answer, referenceSolution: steps.map { $0 + "#### \(answer)" })
    }

    /// The steps without annotations, and the answer in its normal form.
    private static func solution(_ text: String, _ answer: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let steps = lines.prefix(upTo: lines.lastIndex { $0.hasPrefix("####") } ?? lines.endIndex)
        return steps.map { withoutAnnotations($0) + "\n" }.joined() + "#### \(answer)"
    }

    private static func withoutAnnotations(_ line: Substring) -> String {
        var (kept, rest) = ("", line)
        while let begin = rest.firstRange(of: "<<"), let end = rest[begin.upperBound...].firstRange(of: ">>") {
            kept += rest[..<begin.lowerBound]
            rest = rest[end.upperBound...]
        }
        return kept + rest
    }
}
