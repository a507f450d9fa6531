/// A product of powers of atoms.
struct Monomial: Hashable {
    /// One power.
    struct Factor: Hashable {
        let atom: Int
        let exponent: Rational
    }

    /// By rising numbers of atoms; no exponent is 0.
    private(set) var factors: [Factor]

    /// The product of nothing.
    static let one = Monomial(factors: [])

    private init(factors: [Factor]) {
        self.factors = factors
    }

    /// A power of one atom.
    init(_ atom: Int, _ exponent: Rational = 1) {
        factors = exponent.sign == 0 ? [] : [Factor(atom: atom, exponent: exponent)]
    }

    /// Powers in any order, of atoms that may repeat.
    init(_ powers: [Factor]) {
        self = powers.reduce(.one) { $0 * Monomial($1.atom, $1.exponent) }
    }

    static func * (left: Monomial, right: Monomial) -> Monomial {
        if left.factors.isEmpty { return right }
        if right.factors.isEmpty { return left }
        var merged: [Factor] = []
        merged.reserveCapacity(left.factors.count + right.factors.count)
        var (a, b) = (left.factors[...], right.factors[...])
        while let first = a.first, let second = b.first {
            if first.atom < second.atom {
                merged.append(a.removeFirst())
            } else if second.atom < first.atom {
                merged.append(b.removeFirst())
            } else {
                let exponent = first.exponent + second.exponent
                if exponent.sign != 0 { merged.append(Factor(atom: first.atom, exponent: exponent)) }
                a.removeFirst()
                b.removeFirst()
            }
        }
        return Monomial(factors: merged + a + b)
    }

    /// Each exponent multiplied.
    func raised(to power: Rational) -> Monomial {
        power.sign == 0 ? .one : Monomial(factors: factors.map { Factor(atom: $0.atom, exponent: $0.exponent * power) })
    }
}

extension Monomial: Comparable {
    /// An order of monomials, the same whenever the atoms have the same numbers.
    static func < (left: Monomial, right: Monomial) -> Bool {
        for (a, b) in zip(left.factors, right.factors) where a != b {
            return a.atom != b.atom ? a.atom < b.atom : a.exponent < b.exponent
        }
        return left.factors.count < right.factors.count
    }
}
