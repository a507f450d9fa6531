import Mathematics

/// Linear equations over exact rationals.
struct LinearSystem {
    /// The sum of the unknowns with their coefficients is the constant.
    struct Equation: Hashable {
        var coefficients: [Int: Rational]
        var constant: Rational

        init(_ coefficients: [Int: Rational], _ constant: Rational = 0) {
            self.coefficients = coefficients.filter { $0.value != 0 }
            self.constant = constant
        }

        /// Adds another equation, multiplied by a factor.
        mutating func add(_ other: Equation, times factor: Rational) {
            for (unknown, coefficient) in other.coefficients {
                let sum = coefficients[unknown, default: 0] + coefficient * factor
                coefficients[unknown] = sum == 0 ? nil : sum
            }
            constant += other.constant * factor
        }
    }

    /// Finds the unknowns that have the same value in every solution.
    ///
    /// - Returns: their values; nil if there is no solution.
    /// - Source: Gauss-Jordan elimination. Of the equations with an unknown, the one of the fewest unknowns eliminates it,
    ///   so that numbers stay small.
    static func determined(by equations: [Equation]) -> [Int: Rational]? {
        var open = equations
        var solved: [(unknown: Int, equation: Equation)] = []
        while let place = open.indices.min(by: { size(open[$0]) < size(open[$1]) }) {
            var pivot = open.remove(at: place)
            // Coefficients are never zero, so the first has an inverse.
            guard let (unknown, coefficient) = pivot.coefficients.min(by: { $0.key < $1.key }),
                let inverse = Rational(1).dividing(by: coefficient)
            else {
                guard pivot.constant == 0 else { return nil }
                continue
            }
            let pivotEquation = pivot
            pivot = Equation([:])
            pivot.add(pivotEquation, times: inverse)
            for index in open.indices { eliminate(unknown, from: &open[index], by: pivot) }
            for index in solved.indices { eliminate(unknown, from: &solved[index].equation, by: pivot) }
            solved.append((unknown, pivot))
        }
        return solved.reduce(into: [:]) { values, entry in
            if entry.equation.coefficients.count == 1 { values[entry.unknown] = entry.equation.constant }
        }
    }

    private static func size(_ equation: Equation) -> Int { equation.coefficients.count }

    private static func eliminate(_ unknown: Int, from equation: inout Equation, by pivot: Equation) {
        guard let coefficient = equation.coefficients[unknown] else { return }
        equation.add(pivot, times: -coefficient)
    }
}
