import BigInt

extension Normalizer {
    // MARK: Powers

    /// The highest power of a sum that is expanded; beyond it, values at points cost less.
    private static let expandedPowers: UInt = 24

    /// A form to the power of another.
    mutating func power(_ base: NormalForm, to exponent: NormalForm) throws -> NormalForm {
        if let number = exponent.constant { return try power(base, to: number) }
        // The exponent as a sum of terms: one over another polynomial is known by its whole alone.
        guard exponent.denominator == .one else { return atom(.anyPower(base, exponent)) }
        var result = NormalForm.one
        for (monomial, coefficient) in exponent.numerator.terms.sorted(by: { $0.key < $1.key }) {
            try work.spend(1)
            let factor =
                monomial == .one
                ? try power(base, to: coefficient) : try power(base, to: monomial, times: coefficient, of: exponent)
            result = try multiply(result, factor)
        }
        return result
    }

    /// A form to a number.
    private mutating func power(_ base: NormalForm, to exponent: Rational) throws -> NormalForm {
        if exponent.sign == 0 {
            guard !base.numerator.isZero else { throw Undefined() }
            return .one
        }
        if base.numerator.isZero {
            guard exponent.sign > 0 else { throw Undefined() }
            return .zero
        }
        guard exponent.isInteger else {
            guard let degree = Rational(exponent.denominator).machineInteger, degree <= 64 else {
                return atom(.anyPower(base, NormalForm(Polynomial(exponent))))
            }
            let power = try power(base, to: Rational(exponent.numerator))
            return try root(of: power, degree: degree)
        }
        guard let count = exponent.machineInteger else {
            if let value = base.constant, value.magnitude == 1 {
                return NormalForm(Polynomial(exponent.numerator.isMultiple(of: 2) ? 1 : value))
            }
            throw Self.tooLarge
        }
        let raised = NormalForm(
            try power(base.numerator, count.magnitude), over: try power(base.denominator, count.magnitude))
        return count < 0 ? try divide(.one, by: raised) : raised
    }

    private mutating func power(_ base: Polynomial, _ count: UInt) throws -> Polynomial {
        if count == 0 || base == .one { return .one }
        if let (monomial, coefficient) = base.single {
            guard let count = Int(exactly: count), let value = coefficient.power(count, bitLimit: Limits.bits) else {
                throw Self.tooLarge
            }
            try work.spend(1 + value.bitWidth >> 6)
            return try reduced(Polynomial(value, monomial.raised(to: Rational(count))))
        }
        guard count <= Self.expandedPowers else { throw TooManyTerms() }
        var result = Polynomial.one
        for _ in 0..<count { result = try multiply(result, base) }
        return result
    }

    /// A base to one term of an exponent, `2^{3n}` or `e^{iπ}`.
    private mutating func power(
        _ base: NormalForm, to monomial: Monomial, times coefficient: Rational, of exponent: NormalForm
    ) throws -> NormalForm {
        guard base.denominator == .one, let (factors, number) = base.numerator.single, number.sign > 0 else {
            return atom(.anyPower(base, NormalForm(Polynomial(coefficient, monomial))))
        }
        if let value = try powerOfE(base, to: monomial, times: coefficient) { return value }
        var powers: [Monomial.Factor] = []
        for (prime, count) in try primePowers(of: number) {
            let id = table.id(of: .power(base: table.id(of: prime), monomial))
            powers.append(Monomial.Factor(atom: id, exponent: coefficient * count))
        }
        for factor in factors.factors {
            let id = table.id(of: .power(base: factor.atom, monomial))
            powers.append(Monomial.Factor(atom: id, exponent: coefficient * factor.exponent))
        }
        return NormalForm(try reduced(Polynomial(1, Monomial(powers))))
    }

    /// e to a multiple of a logarithm or of iπ.
    private mutating func powerOfE(_ base: NormalForm, to monomial: Monomial, times coefficient: Rational) throws
        -> NormalForm?
    {
        guard base == atom(.e) else { return nil }
        if monomial.factors.count == 1, monomial.factors[0].exponent == 1 {
            switch table[monomial.factors[0].atom] {
            case .logarithm(let prime): return try power(NormalForm(Polynomial(Rational(prime))), to: coefficient)
            case .function(.ln, let arguments): return try power(arguments[0], to: coefficient)
            default: return nil
            }
        }
        let turn = try multiply(atom(.i), atom(.pi)).numerator.single?.monomial
        guard monomial == turn, let cosine = try ExactAngles.cosine(coefficient, &self),
            let sine = try ExactAngles.sine(coefficient, &self)
        else { return nil }
        return try add(cosine, try multiply(atom(.i), sine))
    }

    // MARK: Roots

    /// The positive root; of a negative number the real one if the degree is odd, and i times one if it is 2.
    mutating func root(of form: NormalForm, degree: Int) throws -> NormalForm {
        guard form.denominator == .one else {
            // n/d is n·d^(k-1) over d^k.
            let radicand = try multiply(form.numerator, try power(form.denominator, UInt(degree - 1)))
            return try divide(try root(of: radicand, degree: degree), by: NormalForm(form.denominator))
        }
        return try root(of: form.numerator, degree: degree)
    }

    private mutating func root(of polynomial: Polynomial, degree: Int) throws -> NormalForm {
        if polynomial.isZero { return .zero }
        guard let (monomial, coefficient) = polynomial.single else {
            // What all coefficients share goes before the root.
            let content = polynomial.terms.values.reduce(Rational(0)) { $0.commonDivisor(with: $1) }
            guard let inverse = content.reciprocal else { throw Undefined() }
            let outside = try root(of: Polynomial(content), degree: degree)
            return try multiply(outside, atom(.root(polynomial.scaled(by: inverse), degree: degree)))
        }
        var result = NormalForm.one
        if coefficient.sign < 0 {
            if !degree.isMultiple(of: 2) {
                result = NormalForm(Polynomial(-1))
            } else if degree == 2 {
                result = atom(.i)
            } else {
                return atom(.root(polynomial, degree: degree))
            }
        }
        var powers: [Monomial.Factor] = []
        let share = Rational(degree).reciprocal ?? 1
        for (prime, count) in try primePowers(of: coefficient.magnitude) {
            powers.append(Monomial.Factor(atom: table.id(of: prime), exponent: count * share))
        }
        for factor in monomial.factors {
            let exponent = factor.exponent * share
            switch table[factor.atom] {
            case .i: return atom(.root(polynomial, degree: degree))
            case .pi, .e, .prime, .logarithm, .power:
                powers.append(Monomial.Factor(atom: factor.atom, exponent: exponent))
            case .symbol, .root, .anyPower, .function:
                // √(x²) is |x|: an even power whose root is none.
                let isAbsolute =
                    factor.exponent.isInteger && factor.exponent.numerator.isMultiple(of: 2)
                    && degree.isMultiple(of: 2) && !(exponent.isInteger && exponent.numerator.isMultiple(of: 2))
                var id = factor.atom
                if isAbsolute {
                    id = table.id(of: .function(.absolute, [NormalForm(Polynomial(1, Monomial(id)))]))
                }
                powers.append(Monomial.Factor(atom: id, exponent: exponent))
            }
        }
        return try multiply(result, NormalForm(try reduced(Polynomial(1, Monomial(powers)))))
    }

    // MARK: Factors

    /// A positive number as powers of primes. A large factor of which no divisor is found stands for a prime.
    mutating func primePowers(of number: Rational) throws -> [(Atom, Rational)] {
        var powers: [(Atom, Rational)] = []
        for (part, sign) in [(number.numerator, 1), (number.denominator, -1)] where part > 1 {
            for (factor, count, isProven) in try factors(of: part) {
                powers.append((.prime(factor, isProven: isProven), Rational(sign * count)))
            }
        }
        return powers
    }

    private mutating func factors(of number: BigInt) throws -> [(factor: BigInt, count: Int, isProven: Bool)] {
        var factors: [(BigInt, Int, Bool)] = []
        var rest = number
        for divisor in Primes.small {
            if rest == 1 { break }
            let prime = BigInt(divisor)
            if prime * prime > rest { break }
            try work.spend(1 + rest.bitWidth >> 6)
            var count = 0
            while true {
                let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: prime)
                guard remainder == 0 else { break }
                (rest, count) = (quotient, count + 1)
            }
            if count > 0 { factors.append((prime, count, true)) }
        }
        if rest > 1 {
            let isPrime = rest < BigInt(Primes.limit) * BigInt(Primes.limit)
            // A square of a large prime is the one power that matters: √ of it is whole.
            let root = isPrime ? rest : rest.squareRoot()
            if !isPrime, root * root == rest {
                factors.append((root, 2, false))
            } else {
                factors.append((rest, 1, isPrime))
            }
        }
        return factors
    }
}

/// Primes below 2,000.
enum Primes {
    static let limit = 2_000

    static let small: [Int] = {
        var isComposite = [Bool](repeating: false, count: limit)
        var primes: [Int] = []
        for number in 2..<limit where !isComposite[number] {
            primes.append(number)
            for multiple in stride(from: number * number, to: limit, by: number) { isComposite[multiple] = true }
        }
        return primes
    }()
}
