/// A question with its reference answer.
public struct Problem: Hashable, Sendable {
    /// What the policy is asked, without a newline at its end; a family's is one line.
    public let question: String
    /// The answer: a bare integer in every family but `formula`, where it is a formula.
    public let referenceAnswer: String
    /// One right solution, one step a line, its last line `####` with the answer and no newline after it; nil if none is known.
    public let referenceSolution: String?
    /// How solutions are checked.
    public let check: SolutionCheck
    /// The problems it was evolved from, the first one first; empty for one that was not evolved.
    public let ancestry: [Ancestor]

    /// Puts a problem together; it is not checked that the solution gives the answer.
    public init(
        question: String, referenceAnswer: String, referenceSolution: String?, check: SolutionCheck = .answer,
        ancestry: [Ancestor] = []
    ) {
        self.question = question
        self.referenceAnswer = referenceAnswer
        self.referenceSolution = referenceSolution
        self.check = check
        self.ancestry = ancestry
    }
}
