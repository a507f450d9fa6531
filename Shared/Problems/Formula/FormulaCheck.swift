/// Checks solutions of formula problems.
public enum FormulaCheck {
    /// Checks a whole solution: each line before the line of marks is a new column `name=formula`, which later lines may use;
    /// the formula on the line of marks gives what the reference gives, type and value, in each row of the table and in
    /// each hidden row.
    ///
    /// Nothing of the text is trusted: the limits of formulas hold, there are at most 64 steps, and the first line that
    /// cannot be read ends the work.
    ///
    /// - Parameter reference: a formula of the table's columns; nothing is correct if it is none.
    /// - Returns: `noAnswer` if there is no line of marks with a text.
    public static func check(_ solution: some StringProtocol, of question: FormulaQuestion, reference: Formula)
        -> DerivationResult
    {
        guard let derivation = FormulaDerivation(solution) else { return .noAnswer }
        var sheets = ([question.table] + question.hidden).map { FormulaSheet($0) }
        for (index, line) in derivation.steps.enumerated() {
            if let fault = fault(of: line, index, &sheets) {
                return .incorrect(step: index + 1, reason: "Step \(index + 1), \"\(excerpt(line))\", \(fault)")
            }
        }
        let end = derivation.steps.count + 1
        do {
            let answer = try Formula(parsing: derivation.answer)
            for (place, sheet) in sheets.enumerated() {
                let (given, wanted) = (try sheet.outcomes(of: answer), try sheet.outcomes(of: reference))
                guard let row = given.indices.first(where: { given[$0] != wanted[$0] }) else { continue }
                return .incorrect(
                    step: end,
                    reason:
                        "In \(place == 0 ? "row \(row + 1)" : "a hidden row") the formula comes to \(shown(given[row])); it should come to "
                        + "\(shown(wanted[row])).")
            }
            return .correct
        } catch {
            return .incorrect(step: end, reason: "The formula on the line of marks cannot be used. \(error.message)")
        }
    }

    private static func shown(_ outcome: FormulaOutcome) -> String { excerpt(Array(outcome.shown.utf8)[...]) }

    /// Takes a line as the next step; why it cannot be taken, as the end of a sentence, or nil.
    private static func fault(of line: ArraySlice<UInt8>, _ index: Int, _ sheets: inout [FormulaSheet]) -> String? {
        guard index < FormulaLimits.steps else { return "is one step too many: there may be \(FormulaLimits.steps)." }
        guard let sign = line.firstIndex(of: UInt8(ascii: "=")) else { return "is no step name=formula." }
        let name = line[..<sign].filter { $0 != 0x20 && $0 != 0x09 }
        guard FormulaToken.isName(name) else { return "does not begin with the name of a new column." }
        do {
            let formula = try Formula(parsing: String(decoding: line[(sign + 1)...], as: UTF8.self))
            for place in sheets.indices { try sheets[place].add(String(decoding: name, as: UTF8.self), formula) }
            return nil
        } catch {
            return "cannot be used. \(error.message)"
        }
    }
}
