public import Mathematics

/// The verdict on one solution, with what it rests on.
public struct SolutionGrade: Hashable, Sendable {
    /// The verdict.
    public let verdict: Verdict
    /// The answer that was read; empty if there is none.
    public let answer: String
    /// Why the verdict is not `correct`, as a sentence; empty if it is.
    public let reason: String
}
