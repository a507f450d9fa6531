import Wire

/// Counting grades, for those who watch the run.
extension Exchange {
    /// Counts the grades of an ended problem's own rollouts, continuations not among them: `graded.correct` and so on, and
    /// `evaluated.correct` and so on where the problem was for an evaluation.
    ///
    /// - Parameter result: an `Outcome` that sums them up, or the `Members` of an evaluation's group with a verdict each.
    func countGrades(ofProblem result: [UInt8]) {
        // The first field of the two has different wire types, so that neither reads as the other.
        if let outcome = try? Outcome(decoding: result) {
            count("graded.correct", UInt64(outcome.correct))
            count("graded.incorrect", UInt64(outcome.incorrect))
            count("graded.no-answer", UInt64(outcome.noAnswer))
            count("graded.error", UInt64(outcome.errors))
            for errors in outcome.errorKinds { count("graded.error.\(errorKind(errors.kind))", UInt64(errors.count)) }
        } else if let members = try? Members(decoding: result) {
            for member in members.members {
                let verdict = member.result.isEmpty ? nil : try? Verdict(decoding: member.result)
                switch verdict?.grade {
                case .correct: count("evaluated.correct")
                case .incorrect: count("evaluated.incorrect")
                case .noAnswer: count("evaluated.no-answer")
                case .gradingError, .unspecified, nil:
                    count("evaluated.error")
                    count("evaluated.error.\(errorKind(verdict?.errorKind ?? "lost"))")
                }
            }
        }
    }

    /// The kind as a part of a counter's name: whatever peers say, the names are short and few.
    private func errorKind(_ kind: String) -> String {
        guard (1...40).contains(kind.utf8.count), kind.utf8.allSatisfy({ (0x61...0x7a).contains($0) || $0 == 0x2d })
        else { return "other" }
        let known = counters.keys.count { $0.hasPrefix("graded.error.") || $0.hasPrefix("evaluated.error.") }
        let isKnown = counters["graded.error.\(kind)"] != nil || counters["evaluated.error.\(kind)"] != nil
        return isKnown || known < Self.mostErrorKinds ? kind : "other"
    }

    private static let mostErrorKinds = 64
}
