/// The verifier's grade of one rollout.
public enum Verdict: Hashable, Sendable {
    /// The final answer is the reference answer, in whatever form.
    case correct
    /// There is a final answer, and it is another one.
    case incorrect
    /// No final answer can be read: none was written, or not as the rule wants it.
    case noAnswer
    /// The rollout could not be graded, for a reason that is not its own; a sentence says why.
    case error(reason: String)

    /// 1 if correct, 0 if incorrect or without an answer; nil after an error, which says nothing about the policy and
    /// must stay out of training and out of every mean.
    public var reward: Double? {
        switch self {
        case .correct: 1
        case .incorrect, .noAnswer: 0
        case .error: nil
        }
    }

    /// The grade in one word, as programs read it.
    public var name: String {
        switch self {
        case .correct: "correct"
        case .incorrect: "incorrect"
        case .noAnswer: "no_answer"
        case .error: "error"
        }
    }

    /// Whether the final answer is the reference answer.
    public var isCorrect: Bool { self == .correct }
}
