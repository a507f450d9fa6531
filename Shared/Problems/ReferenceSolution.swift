/// The form in which reference solutions that somebody wrote down are kept: the steps, one a line, then `#### N`.
public enum ReferenceSolution {
    /// Brings a solution to that form. Its last line of marks and what follows it give way to the answer, and calculator annotations,
    /// `<<48/2=24>>`, are taken out.
    ///
    /// - Parameters:
    ///   - solution: the steps, one a line; lines end in LF.
    ///   - answer: what is to stand behind the marks.
    public static func text(of solution: String, answer: String) -> String {
        let lines = solution.split(separator: "\n", omittingEmptySubsequences: false)
        let steps = lines.prefix(upTo: lines.lastIndex { $0.hasPrefix("####") } ?? lines.endIndex)
        return steps.map { withoutAnnotations($0) + "\n" }.joined() + "#### \(answer)"
    }

    private static func withoutAnnotations(_ line: Substring) -> String {
        var (kept, rest) = ("", line)
        while let begin = rest.firstRange(of: "<<"), let end = rest[begin.upperBound...].firstRange(of: ">>") {
            kept += rest[..<begin.lowerBound]
            rest = rest[end.upperBound...]
        }
        return kept + rest
    }
}
