import Mathematics

extension FormulaOperator {
    /// What it makes of two values.
    func value(_ left: FormulaValue, _ right: FormulaValue) throws(FormulaFault) -> FormulaValue {
        switch self {
        case .join: return try FormulaSheet.joined([left, right])
        case .equal, .unequal:
            switch (left, right) {
            case (.number, .number), (.text, .text), (.truth, .truth):
                return .truth((left == right) == (self == .equal))
            default: throw .wrongType
            }
        default: break
        }
        let (left, right) = (try FormulaSheet.number(left), try FormulaSheet.number(right))
        return switch self {
        case .less: .truth(left < right)
        case .greater: .truth(left > right)
        case .atMost: .truth(left <= right)
        case .atLeast: .truth(left >= right)
        case .add: .number(try FormulaSheet.within(left + right))
        case .subtract: .number(try FormulaSheet.within(left - right))
        case .multiply: .number(try FormulaSheet.within(left * right))
        case .divide: .number(try FormulaSheet.quotient(left, right))
        case .join, .equal, .unequal: preconditionFailure("\(self) takes no numbers here")
        }
    }
}
