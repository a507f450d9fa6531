extension IntegerTerm {
    /// The term as SMT-LIB 2.6 writes it (theory Ints), with `x0`, `x1`, … for the integers.
    var text: String {
        switch self {
        case .number(let value): value < 0 ? "(- \(value.magnitude))" : "\(value)"
        case .variable(let place): "x\(place)"
        // The leading 0 makes one text of any number of terms.
        case .sum(let terms): "(+ 0 0" + terms.map { " " + $0.text }.joined() + ")"
        case .difference(let first, let second): "(- \(first.text) \(second.text))"
        case .product(let first, let second): "(* \(first.text) \(second.text))"
        case .remainder(let term, let divisor): "(mod \(term.text) \(divisor))"
        }
    }
}

extension Assertion {
    /// The assertion as SMT-LIB 2.6 writes it (theories Core and Ints).
    var text: String {
        switch self {
        case .equal(let first, let second): "(= \(first.text) \(second.text))"
        case .less(let first, let second): "(< \(first.text) \(second.text))"
        case .not(let assertion): "(not \(assertion.text))"
        // The leading constants are neutral, and make one text of any number of assertions.
        case .all(let assertions): "(and true true" + assertions.map { " " + $0.text }.joined() + ")"
        case .any(let assertions): "(or false false" + assertions.map { " " + $0.text }.joined() + ")"
        }
    }
}
