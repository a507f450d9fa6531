/// A group of functions and operators that the formulas of `FormulaFamily` may be made of.
public enum FormulaConstruct: String, Sendable, CaseIterable {
    /// `+`, `-`, `*` and `/`.
    case arithmetic
    /// `MIN`, `MAX` and `ABS`.
    case extremes
    /// `ROUND` and `MOD`.
    case rounding
    /// `IF`, comparisons, `AND`, `OR` and `NOT`.
    case conditions
    /// `LEN`, `LEFT`, `RIGHT`, `UPPER`, `LOWER` and `&`.
    case text
    /// `SUM` and `AVERAGE` over a column.
    case aggregates
}
