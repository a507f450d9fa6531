extension AnswerComparison {
    /// Whether two equations or inequalities say the same: the sides exchanged, or all multiplied by a number.
    mutating func areEqualRelations(
        _ first: [Expression], _ relations: [Relation], _ second: [Expression], _ others: [Relation]
    ) throws(GradingError) -> Bool {
        guard relations.count == others.count else { return false }
        if relations.count > 1 {
            if try isSameChain(first, relations, second, others) { return true }
            return try isSameChain(first.reversed(), relations.reversed().map(\.flipped), second, others)
        }
        let difference = Expression.sum([first[0], first[1].negated])
        let other = Expression.sum([second[0], second[1].negated])
        guard let ratio = try expressions.ratio(difference, other), ratio.sign != 0 else { return false }
        switch relations[0] {
        case .equal, .approximate, .unequal: return relations[0] == others[0]
        default: return others[0] == (ratio.sign > 0 ? relations[0] : relations[0].flipped)
        }
    }

    private mutating func isSameChain(
        _ first: [Expression], _ relations: [Relation], _ second: [Expression], _ others: [Relation]
    ) throws(GradingError) -> Bool {
        guard relations == others else { return false }
        for (a, b) in zip(first, second) {
            guard try expressions.areEqual(a, b) else { return false }
        }
        return true
    }
}
