public import Problems

/// One new question that a model was asked for, and what became of it.
public struct EvolvedQuestion: Hashable, Sendable {
    /// The place in the order in which questions were asked for, from 0.
    public let number: Int
    /// How many times a strategy was applied from the seed on, from 1.
    public let generation: Int
    /// The problem that it was to be made of.
    public let parent: Problem
    /// How.
    public let strategy: EvolutionStrategy
    /// The new question; nil if the reply holds none that can be gone on with.
    public let question: String?
    /// The vote on its answer; nil if it was refused before.
    public let vote: AnswerVote?
    /// How many of the paths that agree with the vote's answer differ from each other; 0 without an answer.
    public let distinctPathCount: Int
    /// The new problem, whose ancestry ends with the parent; or why there is none.
    public let outcome: Result<Problem, Refusal>

    /// The new problem; nil if it was refused.
    public var problem: Problem? { try? outcome.get() }
    /// Why there is no new problem; nil if there is one.
    public var refusal: Refusal? {
        if case .failure(let refusal) = outcome { refusal } else { nil }
    }
}
