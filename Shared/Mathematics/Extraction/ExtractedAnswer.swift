/// The answer of a solution, as it was written.
public struct ExtractedAnswer: Hashable, Sendable {
    /// The text, without blanks around it.
    public let text: String

    init?(_ bytes: ArraySlice<UInt8>?) {
        guard let bytes else { return nil }
        let text = String(decoding: bytes, as: UTF8.self).trimmed
        guard !text.isEmpty else { return nil }
        self.text = text
    }

    /// Finds the answer of a solution by a rule; nil if there is none.
    ///
    /// - Throws: `GradingError` if the solution is longer than a megabyte, or what may be an answer is beyond the limits.
    public static func extract(from solution: some StringProtocol, by rule: AnswerRule) throws(GradingError)
        -> ExtractedAnswer?
    {
        guard solution.utf8.count <= Limits.solutionBytes else {
            throw GradingError(
                .tooLong,
                "A solution has at most \(Limits.solutionBytes) bytes; got \(solution.utf8.count). Lower the number of tokens."
            )
        }
        switch rule {
        case .strict: return strict(solution)
        case .stated: return try stated(in: AnswerText.beforeEnd(Array(solution.utf8)))
        case .lastNumber: return integer(FinalAnswer.extract(from: solution, by: .lastNumber))
        case .anywhere: return try anywhere(in: AnswerText.beforeEnd(Array(solution.utf8)))
        }
    }

    private static func integer(_ answer: FinalAnswer?) -> ExtractedAnswer? {
        answer.map { ExtractedAnswer(text: $0.text) }
    }

    private init(text: String) {
        self.text = text
    }

    /// What stands on the last line that begins with marks.
    private static func strict(_ solution: some StringProtocol) -> ExtractedAnswer? {
        ExtractedAnswer(AnswerText.lineOfMarks(in: Array(solution.utf8)))
    }

    private static func anywhere(in solution: [UInt8]) throws(GradingError) -> ExtractedAnswer? {
        if let stated = try stated(in: solution) { return stated }
        if AnswerText.isMarked(solution) { return nil }
        if !AnswerText.speaksOfAnswer(solution), let bare = try bare(solution) { return bare }
        return last(in: solution)
    }

    /// The last mathematics between delimiters, or the last number if that comes later.
    private static func last(in solution: [UInt8]) -> ExtractedAnswer? {
        let (mathematics, number) = (AnswerText.lastMathematics(in: solution), AnswerText.lastNumber(in: solution))
        if let mathematics, mathematics.endIndex > number?.startIndex ?? 0 { return ExtractedAnswer(mathematics) }
        return ExtractedAnswer(number)
    }

    private static func stated(in solution: [UInt8]) throws(GradingError) -> ExtractedAnswer? {
        guard let stated = ExtractedAnswer(AnswerText.stated(in: solution)) else { return nil }
        // `Final answer: the volume is 120.` is a sentence with the answer in it.
        guard !AnswerText.isMarked(solution), stated.text.split(whereSeparator: \.isWhitespace).count > 3,
            case .words = try Answer(reading: stated.text)
        else { return stated }
        if let verb = stated.text.ranges(of: " is ").last ?? stated.text.ranges(of: " are ").last,
            let rest = ExtractedAnswer(Array(stated.text[verb.upperBound...].utf8)[...])
        {
            if case .words = try Answer(reading: rest.text) {} else { return rest }
        }
        return last(in: Array(stated.text.utf8)) ?? stated
    }

    /// All of the text, if it is one answer: mathematics, or at most five words.
    private static func bare(_ solution: [UInt8]) throws(GradingError) -> ExtractedAnswer? {
        let text = String(decoding: solution, as: UTF8.self)
        guard solution.count <= Limits.answerBytes, let answer = try Answer(reading: text) else { return nil }
        if case .words = answer, text.split(whereSeparator: \.isWhitespace).count > 5 { return nil }
        return ExtractedAnswer(solution[...])
    }
}
