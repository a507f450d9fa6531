/// A task that can be done well only if a request describes its formula, so that doing it validates the request.
///
/// Each asks a prompt, which a model or a rule answers with a text, and compares that with what the formula does. The rules
/// read the English on their own, and know nothing of how it was written.
///
/// - Source: arXiv 2407.10657 for the three tasks; papers.md section 4. The representation of programs, the prompts and the
///   rules are ours.
public enum Surrogate: String, Sendable, CaseIterable {
    /// To say what the column holds, from table and request alone.
    case output
    /// To write a program of `StackProgram`, from table and request alone.
    case program
    /// To judge whether the request describes the formula.
    case classification

    /// What a model is asked.
    public func prompt(for request: FormulaRequest) -> String { task.prompt(for: request) }

    /// Why a request is dropped for the answer of a model; nil if it is kept.
    ///
    /// - Parameter answer: any text; what its last line says that is not blank is taken.
    public func reasonToDrop(_ request: FormulaRequest, for answer: String) -> DropReason? {
        let line = answer.split(whereSeparator: \.isNewline).last { !$0.allSatisfy(\.isWhitespace) } ?? ""
        return task.reasonToDrop(request, for: line.prefix(4096))
    }

    /// Why a request is dropped for the answer of the rule; nil if it is kept.
    public func reasonToDropByRule(_ request: FormulaRequest) -> DropReason? {
        guard let answer = task.ruleAnswer(for: request) else { return .unreadable }
        return reasonToDrop(request, for: answer)
    }

    private var task: any SurrogateTask.Type {
        switch self {
        case .output: OutputPrediction.self
        case .program: AlternativeProgram.self
        case .classification: RequestClassification.self
        }
    }
}

/// What differs between surrogates.
protocol SurrogateTask {
    /// What a model is asked.
    static func prompt(for request: FormulaRequest) -> String
    /// The rule's answer; nil if it does not understand the request.
    static func ruleAnswer(for request: FormulaRequest) -> String?
    /// What an answer of one line says about the request; nil if it keeps it.
    static func reasonToDrop(_ request: FormulaRequest, for answer: Substring) -> DropReason?
}
