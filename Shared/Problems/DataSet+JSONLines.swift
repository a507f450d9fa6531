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
    /// A line of either form may hold its `ancestry`, a list with the first ancestor first. Each has a `strategy`, and a `key` or a
    /// `question`, which is then its key.
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
                        + "\"solution\", all texts, the question not empty, and in the "
                        + "\"ancestry\", if there is one, {\"key\": …, \"strategy\": …}; line \(index + 1) is not.")
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
    let ancestry: [EntryAncestor]?

    /// The problem; nil if texts are missing.
    func problem(line: Int) throws(ProblemsError) -> Problem? {
        let ancestors = ancestry?.map(\.ancestor) ?? []
        let ancestry = ancestors.compactMap(\.self)
        guard ancestry.count == ancestors.count else { return nil }
        // To Swift, CR LF is one character, which is no line break; models know LF alone.
        let (answer, solution) = (answer?.replacing("\r\n", with: "\n"), solution?.replacing("\r\n", with: "\n"))
        if let question, !question.isEmpty, let answer {
            return try Self.marked(question.replacing("\r\n", with: "\n"), answer, ancestry, line)
        }
        guard let problem, !problem.isEmpty, answer != nil || solution != nil else { return nil }
        return try Self.boxed(problem.replacing("\r\n", with: "\n"), answer, solution, ancestry, line)
    }

    /// A problem whose answer holds the solution, and then a line of marks.
    private static func marked(
        _ question: String, _ text: String, _ ancestry: [Ancestor], _ line: Int
    ) throws(ProblemsError) -> Problem {
        guard let answer = try? ExtractedAnswer.extract(from: text, by: .strict)?.text else {
            throw ProblemsError(
                .unreadableDataSet,
                "The answer of each problem must have a last line #### with the answer; that of line \(line) ends in "
                    + "\"\(text.suffix(40))\". Take the problem out.")
        }
        let normal = FinalAnswer(parsing: answer)?.text ?? answer
        return Problem(
            question: question, referenceAnswer: normal,
            referenceSolution: ReferenceSolution.text(of: text, answer: normal),
            ancestry: ancestry)
    }

    /// A problem whose answer stands by itself, or in the last box of the solution.
    private static func boxed(
        _ question: String, _ answer: String?, _ solution: String?, _ ancestry: [Ancestor], _ line: Int
    ) throws(ProblemsError) -> Problem {
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
            question: question, referenceAnswer: answer, referenceSolution: steps.map { $0 + "#### \(answer)" },
            ancestry: ancestry)
    }
}

/// An ancestor in a line of a data set.
private struct EntryAncestor: Decodable {
    let key: String?
    let question: String?
    let strategy: String

    /// The ancestor; nil if it has no key, or both, or one that is empty.
    var ancestor: Ancestor? {
        guard (key == nil) != (question == nil), let key = key ?? question, !key.isEmpty, !strategy.isEmpty else {
            return nil
        }
        return Ancestor(key: key.replacing("\r\n", with: "\n"), strategy: strategy)
    }
}
