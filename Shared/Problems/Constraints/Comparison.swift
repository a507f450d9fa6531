/// An expression of variables compared with a number: `a+b=12`, `a*c<20`, `a<b`.
struct Comparison: Hashable, Sendable {
    /// What is compared.
    enum Expression: Hashable, Sendable {
        /// The sum of one or more variables, in rising order.
        case sum([Int])
        /// The first less the second, which comes later.
        case difference(Int, Int)
        /// The product of two variables, in rising order.
        case product(Int, Int)
    }

    /// How it compares.
    enum Relation: String, Hashable, Sendable, CaseIterable {
        case equal = "="
        case less = "<"
        case greater = ">"
    }

    let expression: Expression
    let relation: Relation
    let number: Int

    /// Whether it holds for these values of all variables.
    func holds(_ values: [Int]) -> Bool {
        let value = expression.value(values)
        return switch relation {
        case .equal: value == number
        case .less: value < number
        case .greater: value > number
        }
    }

    /// The comparison with names for the variables. A difference is told without negative numbers, and as `a<b` where the
    /// number is 0.
    func text(_ names: [String]) -> String {
        guard case .difference(let first, let second) = expression else {
            return "\(expression.text(names))\(relation.rawValue)\(number)"
        }
        if number == 0 { return "\(names[first])\(relation.rawValue)\(names[second])" }
        if number > 0 { return "\(expression.text(names))\(relation.rawValue)\(number)" }
        return "\(names[second])-\(names[first])\(relation.flipped.rawValue)\(-number)"
    }
}

extension Comparison.Relation {
    /// The relation of the opposite numbers.
    var flipped: Comparison.Relation {
        switch self {
        case .equal: .equal
        case .less: .greater
        case .greater: .less
        }
    }
}

extension Comparison.Expression {
    /// The variables in it, each once.
    var variables: [Int] {
        switch self {
        case .sum(let variables): variables
        case .difference(let first, let second), .product(let first, let second): [first, second]
        }
    }

    /// The value for these values of all variables.
    func value(_ values: [Int]) -> Int {
        switch self {
        case .sum(let variables): variables.reduce(0) { $0 + values[$1] }
        case .difference(let first, let second): values[first] - values[second]
        case .product(let first, let second): values[first] * values[second]
        }
    }

    /// The expression with names, or numbers, for the variables.
    func text(_ names: [String]) -> String {
        switch self {
        case .sum(let variables): variables.map { names[$0] }.joined(separator: "+")
        case .difference(let first, let second): "\(names[first])-\(names[second])"
        case .product(let first, let second): "\(names[first])*\(names[second])"
        }
    }
}
