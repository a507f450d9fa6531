/// The surrogate `classification`: whether the request describes the formula.
///
/// Its rule counts, and understands nothing: each column, constant and operation of the formula must be told as often as it
/// occurs, and no other. So it misses whatever is only in another place.
enum RequestClassification: SurrogateTask {
    static func prompt(for request: FormulaRequest) -> String {
        """
        A table, its columns before the colon and its rows after it: \(request.question.table.text)
        A request for a new column: \(request.question.request)
        A formula: \(request.formula)
        Does the request describe the formula? Write yes, or no and what it tells wrongly: columns, constants or operations.
        """
    }

    static func ruleAnswer(for request: FormulaRequest) -> String? {
        let told = RequestCues(request.question)
        if told.columns != counts(request.formula.columns) { return "no: \(DropReason.columns.rawValue)" }
        if told.constants != counts(request.formula.constants) { return "no: \(DropReason.constants.rawValue)" }
        let operations = counts(request.formula.subformulas.compactMap(\.symbol))
        return told.operations == operations ? "yes" : "no: \(DropReason.operations.rawValue)"
    }

    static func reasonToDrop(_ request: FormulaRequest, for answer: Substring) -> DropReason? {
        let words = answer.lowercased().split { !$0.isLetter }
        switch words.first {
        case "yes": return nil
        case "no":
            let named: [DropReason] = [.columns, .constants, .operations]
            return named.first { words.contains($0.rawValue[...]) } ?? .description
        default: return .unreadable
        }
    }

    private static func counts(_ names: [String]) -> [String: Int] {
        names.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }
}

extension Formula {
    /// Its constants as a formula writes them, texts without quotation marks.
    fileprivate var constants: [String] {
        switch self {
        case .text(let text): [text]
        case .number, .truth: [description]
        default: operands.flatMap(\.constants)
        }
    }
}
