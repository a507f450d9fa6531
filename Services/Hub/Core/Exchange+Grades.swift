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
            for errors in outcome.errorKinds { count("graded.error.\(errors.kind)", UInt64(errors.count)) }
        } else if let members = try? Members(decoding: result) {
            for member in members.members {
                let verdict = member.result.isEmpty ? nil : try? Verdict(decoding: member.result)
                switch verdict?.grade {
                case .correct: count("evaluated.correct")
                case .incorrect: count("evaluated.incorrect")
                case .noAnswer: count("evaluated.no-answer")
                case .gradingError, .unspecified, nil:
                    count("evaluated.error")
                    let kind = verdict?.errorKind ?? "lost"
                    count("evaluated.error.\(kind.isEmpty ? "other" : kind)")
                }
            }
        }
    }
}
