/// Where a solution has its answer, from the most to the least marked place.
public enum AnswerPlace: String, Sendable, CaseIterable {
    /// On a line that begins with `####`.
    case marks
    /// In a `\boxed{}` that is closed.
    case box
    /// Behind "the answer is" or the like.
    case words
    /// Nowhere that is marked as the answer's.
    case unmarked

    /// Looks for it; whether it is an answer that can be read plays no part.
    public init(in solution: some StringProtocol) {
        let bytes = AnswerText.beforeEnd(Array(solution.utf8))
        self =
            if AnswerText.lineOfMarks(in: bytes) != nil {
                .marks
            } else if AnswerText.boxed(in: bytes) != nil {
                .box
            } else if AnswerText.declared(in: bytes) != nil {
                .words
            } else {
                .unmarked
            }
    }
}
