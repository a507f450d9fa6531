import Mathematics
public import Wire

/// Grades rollouts by their final answers, and only judges.
public enum Verifier {
    /// Completes a rollout with its verdict.
    ///
    /// - Throws: if the rollout cannot be read, or its problem is not attached: no verdict is made up.
    public static func complete(_ lease: Lease) throws -> Complete {
        let rollout = try Rollout(decoding: lease.item.body)
        guard let attachment = lease.attachments.first(where: { $0.item == lease.item.problem }) else {
            throw VerifierError(
                message: "A rollout refers to its problem; \(lease.item.id) came without \(lease.item.problem).")
        }
        let problem = try Problem(decoding: attachment.body)
        let graded = grade(
            solution: rollout.text, by: Mathematics.AnswerRule(problem.answers), reference: problem.referenceAnswer)
        let verdict = Wire.Verdict(graded)
        return Complete(
            leases: [lease.id],
            endings: [
                SlotEnding(
                    group: 0, slot: 0, end: verdict.grade == .gradingError ? .error : .result,
                    result: verdict.encoded(), reason: verdict.grade == .gradingError ? verdict.reason : "")
            ])
    }
}

extension Wire.Verdict {
    fileprivate init(_ graded: GradedSolution) {
        let grade: Grade =
            switch graded.verdict {
            case .correct: .correct
            case .incorrect: .incorrect
            case .noAnswer: .noAnswer
            case .error: .gradingError
            }
        self.init(grade: grade, answer: graded.answer ?? "", reason: graded.reason)
    }
}

extension Mathematics.AnswerRule {
    fileprivate init(_ rule: Wire.AnswerRule) {
        self =
            switch rule {
            case .strict: .strict
            case .lastNumber: .lastNumber
            }
    }
}

/// A rollout that cannot be graded.
struct VerifierError: Error, CustomStringConvertible {
    let message: String
    var description: String { message }
}
