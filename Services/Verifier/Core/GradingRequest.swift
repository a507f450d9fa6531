import Mathematics
import Problems
import Wire

/// A solution and the problem that it is to solve.
public struct GradingRequest: Sendable {
    let problem: Wire.Problem
    let solution: String

    init(problem: Wire.Problem, solution: String) {
        self.problem = problem
        self.solution = solution
    }

    /// - Throws: if the rollout cannot be read, or its problem is not attached.
    init(_ lease: Lease) throws {
        let rollout = try Rollout(decoding: lease.item.body)
        guard let attachment = lease.attachments.first(where: { $0.item == lease.item.problem }) else {
            throw VerifierError(
                message: "A rollout refers to its problem; \(lease.item.id) came without \(lease.item.problem).")
        }
        self.init(problem: try Wire.Problem(decoding: attachment.body), solution: rollout.text)
    }

    /// Grades the solution: a function of the request, on every machine.
    func verdict() -> Wire.Verdict {
        let graded = Problems.Problem(problem).grade(solution, by: Mathematics.AnswerRule(problem.answers))
        let mistake = StepArithmetic(solution).firstMistake
        return Wire.Verdict(
            grade: Grade(graded.verdict), answer: graded.answer ?? "", reason: graded.reason,
            errorKind: graded.errorKind?.rawValue ?? "", wrongStep: mistake?.step ?? 0)
    }
}

extension Grade {
    fileprivate init(_ verdict: Mathematics.Verdict) {
        self =
            switch verdict {
            case .correct: .correct
            case .incorrect: .incorrect
            case .noAnswer: .noAnswer
            case .error: .gradingError
            }
    }
}

extension Problems.Problem {
    fileprivate init(_ problem: Wire.Problem) {
        let check: Problems.SolutionCheck =
            switch problem.check {
            case .finalAnswer: .answer
            case .puzzle: .puzzle
            case .path: .path
            case .formula: .formula
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
            case .stated: .stated
            case .anywhere: .anywhere
            }
    }
}
