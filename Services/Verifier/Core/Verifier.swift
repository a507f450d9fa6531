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
        let verdict = verdict(
            on: rollout.text, by: Mathematics.AnswerRule(problem.answers), reference: problem.referenceAnswer)
        return Complete(
            leases: [lease.id],
            endings: [
                SlotEnding(
                    group: 0, slot: 0, end: verdict.grade == .gradingError ? .error : .result,
                    result: verdict.encoded(), reason: verdict.grade == .gradingError ? verdict.reason : "")
            ])
    }

    private static func verdict(
        on solution: String, by rule: Mathematics.AnswerRule, reference: String
    ) -> Wire.Verdict {
        let answer = FinalAnswer.extract(from: solution, by: rule)?.text ?? ""
        return switch grade(solution: solution, by: rule, reference: reference) {
        case .correct: Wire.Verdict(grade: .correct, answer: answer)
        case .incorrect: Wire.Verdict(grade: .incorrect, answer: answer, reason: "The answer is \(reference).")
        case .noAnswer: Wire.Verdict(grade: .noAnswer, reason: rule.noAnswerReason)
        case .error(let reason): Wire.Verdict(grade: .gradingError, answer: answer, reason: reason)
        }
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

    fileprivate var noAnswerReason: String {
        switch self {
        case .strict: "There is no line #### with an integer."
        case .lastNumber: "There is no line #### with an integer, and the last number is none."
        }
    }
}

/// A rollout that cannot be graded.
struct VerifierError: Error, CustomStringConvertible {
    let message: String
    var description: String { message }
}
