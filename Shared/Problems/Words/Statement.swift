/// What a fact says about its quantity.
enum Statement: Hashable, Sendable {
    /// Its value.
    case given(Int)
    /// How it follows from others.
    case related(Relation)

    /// The quantities that it refers to.
    var operands: [Int] { relation?.operands ?? [] }

    /// Nil for a value.
    var relation: Relation? {
        guard case .related(let relation) = self else { return nil }
        return relation
    }

    /// The numbers that it states.
    var numbers: Relation.Numbers {
        switch self {
        case .given(let value): Relation.Numbers(value)
        case .related(let relation): relation.numbers
        }
    }

    /// The value that follows from those of the operands; nil if it is not whole.
    func value(_ values: [Int]) -> Int? {
        switch self {
        case .given(let value): value
        case .related(let relation): relation.calculation(values).result
        }
    }
}
