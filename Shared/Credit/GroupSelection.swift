public import Mathematics

/// Which rollouts of a group are worked on: at most a stated number of each kind, no text twice.
public enum GroupSelection {
    /// The first incorrect rollouts with distinct text, as indices in rising order.
    ///
    /// Rollouts without an answer are left out: a negative is a rollout whose final answer is wrong, and one without an
    /// answer was mostly cut off, so that its last step is no step.
    ///
    /// - Parameters:
    ///   - texts: the text of each rollout, without the question.
    ///   - verdicts: its grade; as many.
    ///   - limit: the most to take, 0 or more.
    /// - Source: papers.md sections 1.1 and 1.2 (8 negatives a question).
    public static func negatives(texts: [String], verdicts: [Verdict], limit: Int) -> [Int] {
        distinct(texts, verdicts, graded: .incorrect, limit: limit)
    }

    /// The first correct rollouts with distinct text, as indices in rising order.
    ///
    /// - Source: papers.md section 2.2 for keeping distinct paths; that two texts are one path only if they are the same
    ///   bytes is ours, because a solution of one calculation a line has no wording to vary.
    public static func positives(texts: [String], verdicts: [Verdict], limit: Int) -> [Int] {
        distinct(texts, verdicts, graded: .correct, limit: limit)
    }

    private static func distinct(_ texts: [String], _ verdicts: [Verdict], graded verdict: Verdict, limit: Int) -> [Int]
    {
        precondition(texts.count == verdicts.count, "\(texts.count) texts with \(verdicts.count) verdicts")
        // By bytes: strings compare equal under Unicode normalisation, rollouts must not.
        var seen: Set<[UInt8]> = []
        let distinct = texts.indices.filter { verdicts[$0] == verdict && seen.insert(Array(texts[$0].utf8)).inserted }
        return Array(distinct.prefix(limit))
    }
}
