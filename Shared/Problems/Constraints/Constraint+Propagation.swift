extension Constraint {
    /// Of each variable's possible values those that go with possible values of the others, as far as this constraint says;
    /// none of any if it cannot hold.
    ///
    /// This is generalised arc consistency of the one constraint. A value goes with either of two comparisons if it goes with
    /// one of them.
    ///
    /// - Source: Mackworth 1977; Rossi, van Beek and Walsh 2006, chapter 3.
    func supported(_ possible: [ValueSet]) -> [ValueSet] {
        switch self {
        case .comparison(let comparison):
            return comparison.supported(possible)
        case .remainder(let variable, let divisor, let remainder):
            var left = ValueSet(noneOf: possible[variable].domain)
            for value in possible[variable].values where value % divisor == remainder { left.insert(value) }
            return possible.replacing([variable], by: [left])
        case .either(let first, let second):
            return zip(first.supported(possible), second.supported(possible)).map { $0.union($1) }
        }
    }
}

extension Comparison {
    fileprivate func supported(_ possible: [ValueSet]) -> [ValueSet] {
        relation == .equal ? supportedByEquality(possible) : supportedByBounds(possible)
    }

    /// The values that go with the most favourable ones of the others: of an inequality those decide, because each expression
    /// rises or falls with each of its variables, none of which is negative.
    private func supportedByBounds(_ possible: [ValueSet]) -> [ValueSet] {
        var favourable = possible.map { (relation == .less ? $0.least : $0.greatest) ?? $0.domain.lowerBound }
        if case .difference(_, let second) = expression {
            let set = possible[second]
            favourable[second] = (relation == .less ? set.greatest : set.least) ?? set.domain.lowerBound
        }
        let left = expression.variables.map { variable in
            var left = ValueSet(noneOf: possible[variable].domain)
            var values = favourable
            for value in possible[variable].values {
                values[variable] = value
                if holds(values) { left.insert(value) }
            }
            return left
        }
        return possible.replacing(expression.variables, by: left)
    }

    /// The values that are part of some choice of all, found by trying.
    private func supportedByEquality(_ possible: [ValueSet]) -> [ValueSet] {
        let variables = expression.variables
        // Of a sum of fewer than three, the missing ones are 0.
        let lists = (0..<3).map { $0 < variables.count ? possible[variables[$0]].values : [0] }
        var left = variables.map { ValueSet(noneOf: possible[$0].domain) }
        for first in lists[0] {
            for second in lists[1] {
                let value =
                    switch expression {
                    case .sum: first + second
                    case .difference: first - second
                    case .product: first * second
                    }
                for third in lists[2] where value + third == number {
                    for (place, value) in zip(left.indices, [first, second, third]) { left[place].insert(value) }
                }
            }
        }
        return possible.replacing(variables, by: left)
    }
}

extension [ValueSet] {
    /// The sets with these of some variables; none of any variable if one of these is empty.
    fileprivate func replacing(_ variables: [Int], by left: [ValueSet]) -> [ValueSet] {
        if left.contains(where: { $0.count == 0 }) { return map { ValueSet(noneOf: $0.domain) } }
        var sets = self
        for (variable, set) in zip(variables, left) { sets[variable] = set }
        return sets
    }
}
