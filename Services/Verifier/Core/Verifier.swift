import Mathematics
import Problems
public import Wire

/// Grades rollouts by the check of their problem, and only judges.
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
        let problem = try Wire.Problem(decoding: attachment.body)
        let verdict = Wire.Verdict(
            Problems.Problem(problem).grade(rollout.text, by: Mathematics.AnswerRule(problem.answers)))
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

extension Problems.Problem {
    fileprivate init(_ problem: Wire.Problem) {
        let check: Problems.SolutionCheck =
            switch problem.check {
            case .finalAnswer: .answer
            case .puzzle: .puzzle
            case .path: .path
            }
        self.init(
            question: problem.question, referenceAnswer: problem.referenceAnswer, referenceSolution: nil, check: check)
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
