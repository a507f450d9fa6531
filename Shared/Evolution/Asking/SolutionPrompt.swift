/// What a model is told to solve a question, and what of its reply is a solution.
enum SolutionPrompt {
    /// The instruction, one worked example in the form of our solutions, the question.
    static func text(for question: String) -> String {
        """
        Solve the problem, one step a line. Write the answer alone on the last line, after ####.

        \(label) A baker fills 6 trays with 8 buns each and sells 31 of the buns. How many buns are left?
        Solution:
        The trays hold 6 * 8 = 48 buns.
        So 48 - 31 = 17 buns are left.
        #### 17

        \(label) \(question)
        Solution:
        """
    }

    /// The reply up to where the model goes on with a problem of its own; lines end in LF.
    static func solution(in reply: String) -> String {
        let lines = reply.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
        return lines.prefix { !$0.hasPrefix(label) }.joined(separator: "\n")
    }

    private static let label = "Problem:"
}
