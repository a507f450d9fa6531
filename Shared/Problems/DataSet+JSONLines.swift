import Foundation
import Mathematics

extension DataSet {
    /// Reads a data set in the form that GSM8K has: one JSON object a line, with the texts `question` and `answer`. Other
    /// fields and empty lines are passed over.
    ///
    /// The answer holds the reference solution, one step a line, and then `#### N`. Calculator annotations, `<<48/2=24>>`,
    /// are taken out of it, and so are the commas of N. Lines of both texts may end in CR LF, which becomes LF.
    ///
    /// - Throws: `ProblemsError` with `unreadableDataSet` that names the first line that is no such problem, or says that
    ///   there is none.
    /// - Source: Cobbe et al. 2021 (arXiv 2110.14168) for the form.
    public init(jsonLines bytes: [UInt8]) throws(ProblemsError) {
        var problems: [Problem] = []
        let decoder = JSONDecoder()
        for (index, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            guard !line.allSatisfy({ [0x20, 0x09, 0x0d].contains($0) }) else { continue }
            guard let entry = try? decoder.decode(Entry.self, from: Data(line)), !entry.question.isEmpty else {
                throw ProblemsError(
                    .unreadableDataSet,
                    "Each line of a data set must be {\"question\": …, \"answer\": …}, both texts, the question not empty; "
                        + "line \(index + 1) is not.")
            }
            // To Swift, CR LF is one character, which is no line break; models know LF alone.
            let question = entry.question.replacing("\r\n", with: "\n")
            let text = entry.answer.replacing("\r\n", with: "\n")
            guard let answer = FinalAnswer.extract(from: text) else {
                throw ProblemsError(
                    .unreadableDataSet,
                    "The answer of each problem must have a last line #### with an integer; that of line \(index + 1) ends in "
                        + "\"\(text.suffix(40))\". Take the problem out.")
            }
            problems.append(
                Problem(
                    question: question, referenceAnswer: answer.text,
                    referenceSolution: Self.solution(text, answer)))
        }
        guard !problems.isEmpty else {
            throw ProblemsError(.unreadableDataSet, "A data set must have at least one problem; this one is empty.")
        }
        self.init(problems: problems)
    }

    private struct Entry: Decodable {
        let question: String
        let answer: String
    }

    /// The steps without annotations, and the answer in its normal form.
    private static func solution(_ text: String, _ answer: FinalAnswer) -> String {
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
