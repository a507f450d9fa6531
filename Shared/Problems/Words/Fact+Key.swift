extension Fact {
    /// The fact without its words: `q0=12`, `q2=total q0 q1`, `q1=if q0>20 then q0 more 5 else q0 times 2`.
    var key: String {
        guard let alternative else { return "q\(quantity)=\(statement.key)" }
        return "q\(quantity)=if \(alternative.condition.key) then \(statement.key) else \(alternative.otherwise.key)"
    }
}

extension Statement {
    fileprivate var key: String {
        switch self {
        case .given(let value): "\(value)"
        case .related(let relation): relation.key
        }
    }
}

extension Relation {
    fileprivate var key: String {
        let places = operands.map { "q\($0)" }.joined(separator: " ")
        return switch kind {
        case .total, .difference: "\(kind.rawValue) \(places)"
        case .fraction: "\(places) \(kind.rawValue) \(numbers.number)/\(numbers.divisor)"
        default: "\(places) \(kind.rawValue) \(numbers.number)"
        }
    }
}

extension Condition {
    fileprivate var key: String {
        switch self {
        case .event(_, let happens): happens ? "yes" : "no"
        case .exceeds(let quantity, let threshold): "q\(quantity)>\(threshold)"
        }
    }
}
