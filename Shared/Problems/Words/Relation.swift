/// How one quantity follows from others, with the numbers that say so.
struct Relation: Hashable, Sendable {
    /// The numbers of a relation; what they mean depends on its kind.
    struct Numbers: Hashable, Sendable {
        /// What is added, taken away, multiplied or divided by; percent; the numerator of a fraction; 0 where there is none.
        let number: Int
        /// The denominator of a fraction; otherwise 1.
        let divisor: Int

        init(_ number: Int, over divisor: Int = 1) {
            self.number = number
            self.divisor = divisor
        }
    }

    let kind: RelationKind
    /// The quantities it follows from, by their places in the graph: two or more for a total, two for a difference, the
    /// smaller second, otherwise one.
    let operands: [Int]
    let numbers: Numbers

    init(_ kind: RelationKind, _ operands: [Int], _ numbers: Numbers = Numbers(0)) {
        self.kind = kind
        self.operands = operands
        self.numbers = numbers
    }

    /// The calculation, from the values of all quantities.
    func calculation(_ values: [Int]) -> WordCalculation {
        let first = values[operands[0]]
        let number = numbers.number
        return switch kind {
        case .more, .gain: WordCalculation(first, [(.add, number)])
        case .fewer, .loss: WordCalculation(first, [(.subtract, number)])
        case .times, .price, .rate, .groups, .conversion: WordCalculation(first, [(.multiply, number)])
        case .share: WordCalculation(first, [(.divide, number)])
        case .fraction:
            WordCalculation(first, [(.divide, numbers.divisor)] + (number == 1 ? [] : [(.multiply, number)]))
        case .percent: WordCalculation(first, [(.multiply, number), (.divide, 100)])
        case .total: WordCalculation(first, operands.dropFirst().map { (.add, values[$0]) })
        case .difference: WordCalculation(first, [(.subtract, values[operands[1]])])
        }
    }

    /// The relation between the same quantities with other numbers.
    func with(_ numbers: Numbers) -> Relation { Relation(kind, operands, numbers) }
}
