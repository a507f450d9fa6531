import Mathematics

extension FormulaFunction {
    /// What it makes of its arguments, of which there are as many as it takes. `IF` and the aggregates are the sheet's.
    func value(_ arguments: [FormulaValue]) throws(FormulaFault) -> FormulaValue {
        switch self {
        case .and, .or:
            var truths: [Bool] = []
            for argument in arguments { truths.append(try FormulaSheet.truth(argument)) }
            return .truth(self == .and ? truths.allSatisfy { $0 } : truths.contains(true))
        case .not: return .truth(!(try FormulaSheet.truth(arguments[0])))
        case .min, .max:
            var best = try FormulaSheet.number(arguments[0])
            for argument in arguments.dropFirst() {
                let number = try FormulaSheet.number(argument)
                if self == .min ? number < best : number > best { best = number }
            }
            return .number(best)
        case .abs: return .number(try FormulaSheet.number(arguments[0]).magnitude)
        case .round:
            let number = try FormulaSheet.number(arguments[0])
            return .number(number.rounded(toDigits: try Self.count(arguments[1], within: 0...9)))
        case .mod:
            let (number, divisor) = (try FormulaSheet.number(arguments[0]), try FormulaSheet.number(arguments[1]))
            let quotient = try FormulaSheet.quotient(number, divisor).floor
            return .number(try FormulaSheet.within(number - divisor * quotient))
        case .len: return .number(Rational(try FormulaSheet.text(arguments[0]).count))
        case .left, .right:
            let text = try FormulaSheet.text(arguments[0])
            let count = try Self.count(arguments[1], within: 0...FormulaLimits.textBytes)
            return .text(String(self == .left ? text.prefix(count) : text.suffix(count)))
        case .upper: return try FormulaSheet.within(try FormulaSheet.text(arguments[0]).uppercased())
        case .lower: return try FormulaSheet.within(try FormulaSheet.text(arguments[0]).lowercased())
        case .concat: return try FormulaSheet.joined(arguments)
        case .choose, .sum, .average: preconditionFailure("\(rawValue) is not computed from values")
        }
    }

    private static func count(_ value: FormulaValue, within range: ClosedRange<Int>) throws(FormulaFault) -> Int {
        guard let count = try FormulaSheet.number(value).machineInteger, range.contains(count) else {
            throw .outOfRange
        }
        return count
    }
}
