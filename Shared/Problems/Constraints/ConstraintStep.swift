/// A step of a solution by propagation and case splits.
enum ConstraintStep: Hashable, Sendable {
    /// The constraint leaves these variables fewer values.
    case narrowed(Constraint, [Int], [ValueSet])
    /// The constraint cannot hold.
    case failed(Constraint)
    /// The variable is supposed to have one of these values.
    case supposed(Int, ValueSet)
    /// It was supposed to have another value, which cannot be, so it has one of these.
    case refuted(Int, ValueSet)
}

extension ConstraintStep: CustomStringConvertible {
    /// `a+b=12: a in 3..9, b=4`, `a*b=32: none`, `Suppose a=4`, `So a in 6,8`.
    var description: String {
        switch self {
        case .narrowed(let constraint, let variables, let sets):
            "\(constraint.text): " + zip(variables, sets).map(Self.text).joined(separator: ", ")
        case .failed(let constraint): "\(constraint.text): none"
        case .supposed(let variable, let set): "Suppose \(Self.text(variable, set))"
        case .refuted(let variable, let set): "So \(Self.text(variable, set))"
        }
    }

    private static func text(_ variable: Int, _ set: ValueSet) -> String {
        "\(Constraint.names[variable])\(set.count == 1 ? "=" : " in ")\(set)"
    }
}
