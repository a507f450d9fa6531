import Mathematics

/// The surrogate `output`: what the column holds in each row, told from table and request alone.
///
/// Its rule reads the request and computes the rows with the machine of `StackProgram`. It sees the rows of the table only, so
/// it cannot tell a wrong request that comes to the same there.
enum OutputPrediction: SurrogateTask {
    static func prompt(for request: FormulaRequest) -> String {
        """
        A table, its columns before the colon and its rows after it: \(request.question.table.text)
        A request for a new column: \(request.question.request)
        Write what the new column holds, from the first row to the last, in one line with ; between the rows. Numbers are exact: \
        write 7/3 where a number is no finite decimal. Truth values are TRUE and FALSE, and what cannot be computed is ERROR.
        """
    }

    static func ruleAnswer(for request: FormulaRequest) -> String? {
        guard let program = RequestReader.program(for: request.question).flatMap({ StackProgram($0) }),
            let outcomes = program.outcomes(over: request.question.table)
        else { return nil }
        return outcomes.map(told).joined(separator: "; ")
    }

    static func reasonToDrop(_ request: FormulaRequest, for answer: Substring) -> DropReason? {
        let cells = answer.split(separator: ";", omittingEmptySubsequences: false).map { $0.trimmed }
        guard cells.count == request.question.table.rows.count else { return .unreadable }
        guard let outcomes = try? FormulaSheet(request.question.table).outcomes(of: request.formula) else {
            return .outputs
        }
        return zip(cells, outcomes).allSatisfy(says) ? nil : .outputs
    }

    private static func told(_ outcome: FormulaOutcome) -> String {
        if case .success(let value) = outcome { "\(value)" } else { "ERROR" }
    }

    private static func says(_ cell: Substring, _ outcome: FormulaOutcome) -> Bool {
        if case .success(.number(let number)) = outcome { return fraction(cell) == number }
        return cell == told(outcome)
    }

    /// Reads `-7/3` or a decimal.
    private static func fraction(_ cell: Substring) -> Rational? {
        let parts = cell.drop { $0 == "-" }.split(separator: "/", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { Rational(decimal: $0) }
        guard numbers.count == parts.count, (1...2).contains(numbers.count), cell.prefix(2) != "--",
            let quotient = numbers.count == 2 ? numbers[0].dividing(by: numbers[1]) : numbers[0]
        else { return nil }
        return cell.first == "-" ? -quotient : quotient
    }
}

extension Substring {
    /// Without blanks at its ends.
    var trimmed: Substring {
        var rest = drop(while: \.isWhitespace)
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return rest
    }
}
