/// What a problem says of its variables, which are counted from 0.
enum Constraint: Hashable, Sendable {
    /// `a+b=12`
    case comparison(Comparison)
    /// What is left of a variable divided by a divisor: `b is even`, `b is odd`, `b is a multiple of 3`.
    case remainder(Int, divisor: Int, Int)
    /// At least one holds: `a<c or b<c`.
    case either(Comparison, Comparison)

    /// The letters by which variables are named.
    static let names = ["a", "b", "c", "d", "e", "f", "g", "h"]

    /// Whether it holds for these values of all variables.
    func holds(_ values: [Int]) -> Bool {
        switch self {
        case .comparison(let comparison): comparison.holds(values)
        case .remainder(let variable, let divisor, let remainder): values[variable] % divisor == remainder
        case .either(let first, let second): first.holds(values) || second.holds(values)
        }
    }

    /// The constraint as a question tells it.
    var text: String {
        switch self {
        case .comparison(let comparison): comparison.text(Self.names)
        case .remainder(let variable, 2, let remainder): "\(Self.names[variable]) is \(remainder == 0 ? "even" : "odd")"
        case .remainder(let variable, let divisor, 0): "\(Self.names[variable]) is a multiple of \(divisor)"
        case .remainder(let variable, let divisor, let remainder):
            "\(Self.names[variable]) is \(remainder) more than a multiple of \(divisor)"
        case .either(let first, let second): "\(first.text(Self.names)) or \(second.text(Self.names))"
        }
    }

    /// The constraint with the values in the place of the variables, and operands that may be exchanged in rising order: the
    /// same whatever the variables are called.
    func key(_ values: [Int]) -> String {
        switch self {
        case .comparison(let comparison): comparison.key(values)
        case .remainder(let variable, let divisor, let remainder): "\(values[variable])%\(divisor)=\(remainder)"
        case .either(let first, let second): [first.key(values), second.key(values)].sorted().joined(separator: "|")
        }
    }
}

extension Comparison {
    fileprivate func key(_ values: [Int]) -> String {
        switch expression {
        case .sum(let variables):
            return variables.map { values[$0] }.sorted().map(String.init).joined(separator: "+")
                + "\(relation.rawValue)\(number)"
        case .product(let first, let second):
            let (least, most) = (min(values[first], values[second]), max(values[first], values[second]))
            return "\(least)*\(most)\(relation.rawValue)\(number)"
        case .difference(let first, let second):
            // A difference and its opposite are one constraint; of equal values either is the first.
            let texts = [
                "\(values[first])-\(values[second])\(relation.rawValue)\(number)",
                "\(values[second])-\(values[first])\(relation.flipped.rawValue)\(-number)",
            ]
            return texts.min() ?? ""
        }
    }
}
