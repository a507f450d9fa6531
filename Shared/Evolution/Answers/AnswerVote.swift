public import Mathematics

/// What several solutions of one question say its answer is.
///
/// An answer's votes are the paths that would be correct if it were the reference answer, so that `1/2`, `0.5` and `50%` vote together.
/// Being one answer is not transitive (`0.5` and `50` are both `50%`), and by this count the order of the paths does not matter.
public struct AnswerVote: Hashable, Sendable {
    /// How many paths there were, K.
    public let pathCount: Int
    /// How many of them state an answer that can be read.
    public let answeredCount: Int
    /// The answer with the most votes, as it was written most often, integers in their normal form; nil if no path has one.
    public let answer: String?
    /// The places of the paths that vote for `answer`, rising.
    public let supporters: [Int]
    /// Whether another answer, which is not the same, has as many votes.
    public let isTied: Bool

    /// The share of all paths that vote for `answer`: 0 to 1.
    public var agreement: Double { Double(supporters.count) / Double(pathCount) }

    /// Counts votes.
    ///
    /// Two answers whose equality cannot be decided within the limits of grading count as different.
    ///
    /// - Parameters:
    ///   - paths: the solutions; at least one.
    ///   - rule: how their answers are found.
    public init(paths: [String], rule: AnswerRule) {
        precondition(!paths.isEmpty, "a vote of no paths")
        let answers = paths.map { Self.answer(of: $0, by: rule) }
        var counts: [String: Int] = [:]
        for answer in answers.compactMap(\.self) { counts[answer, default: 0] += 1 }
        // Only the order of the paths could be lost here, and it must not matter.
        let candidates = counts.keys.sorted { Self.rank($0, counts) < Self.rank($1, counts) }
        let voters = candidates.map { candidate in candidates.filter { Self.isSame($0, reference: candidate) } }
        let votes = voters.map { $0.reduce(0) { $0 + counts[$1, default: 0] } }

        pathCount = paths.count
        answeredCount = answers.count { $0 != nil }
        guard let most = votes.max(), let best = votes.firstIndex(of: most) else {
            (answer, supporters, isTied) = (nil, [], false)
            return
        }
        answer = candidates[best]
        supporters = answers.indices.filter { answers[$0].map(voters[best].contains) ?? false }
        isTied = candidates.indices.contains { votes[$0] == most && !voters[best].contains(candidates[$0]) }
    }

    /// Whether the vote decides: its answer has enough of the paths, and more than any other answer.
    ///
    /// - Throws: `Refusal` if it does not.
    func check(minimumAgreement: Double) throws(Refusal) {
        guard answer != nil else { throw .noAnswer(paths: pathCount) }
        guard agreement >= minimumAgreement else {
            throw .disagreement(votes: supporters.count, paths: pathCount, minimumAgreement: minimumAgreement)
        }
        guard !isTied else { throw .tie(votes: supporters.count, paths: pathCount) }
    }

    /// The answer of a path on one line; nil if there is none that a solution could be graded by.
    private static func answer(of path: String, by rule: AnswerRule) -> String? {
        // What cannot be read within the limits is no answer to go on with.
        guard let written = (try? ExtractedAnswer.extract(from: path, by: rule))?.text else { return nil }
        let line = written.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let answer = FinalAnswer(parsing: line)?.text ?? line
        return grade(solution: "#### \(answer)", by: .strict, reference: answer).verdict.isCorrect ? answer : nil
    }

    private static func isSame(_ answer: String, reference: String) -> Bool {
        // Not by the strict rule, to which 6/2 is not 3.
        answer == reference || grade(solution: "#### \(answer)", by: .stated, reference: reference).verdict.isCorrect
    }

    /// The order in which answers with as many votes are preferred: written most often, shortest, first by their letters.
    private static func rank(_ answer: String, _ counts: [String: Int]) -> (Int, Int, String) {
        (-counts[answer, default: 0], answer.utf8.count, answer)
    }
}
