import BigInt

extension Normalizer {
    /// A function of arguments in normal form: its value where that is known exactly, or an atom.
    mutating func apply(_ function: Expression.Function, to arguments: [NormalForm]) throws -> NormalForm {
        guard let first = arguments.first else { throw Undefined() }
        switch function {
        case .sin, .cos, .tan, .cot, .sec, .csc: return try trigonometric(function, of: first)
        case .ln: return try logarithm(of: first)
        case .log:
            guard arguments.count == 2 else { throw Undefined() }
            return try divide(try logarithm(of: arguments[1]), by: try logarithm(of: first))
        case .absolute: return try absolute(first)
        case .floor, .ceiling:
            guard let value = first.constant else { return atom(.function(function, arguments)) }
            return NormalForm(Polynomial(function == .floor ? value.floor : -((-value).floor)))
        case .factorial: return try factorial(first)
        case .binomial where arguments.count == 2 && first.constant == nil:
            return try binomial(first, arguments[1])
        case .binomial, .modulo:
            guard arguments.count == 2, let above = first.constant, let below = arguments[1].constant else {
                return atom(.function(function, arguments))
            }
            return NormalForm(Polynomial(function == .binomial ? try binomial(above, below) : try modulo(above, below)))
        case .gcd, .lcm, .minimum, .maximum: return try folded(function, arguments)
        case .arcsin, .arccos, .arctan, .sinh, .cosh, .tanh: return atom(.function(function, arguments))
        }
    }

    // MARK: Angles

    private mutating func trigonometric(_ function: Expression.Function, of angle: NormalForm) throws -> NormalForm {
        switch function {
        case .tan: return try divide(try sine(angle), by: try cosine(angle))
        case .cot: return try divide(try cosine(angle), by: try sine(angle))
        case .sec: return try divide(.one, by: try cosine(angle))
        case .csc: return try divide(.one, by: try sine(angle))
        case .cos: return try cosine(angle)
        default: return try sine(angle)
        }
    }

    private mutating func sine(_ angle: NormalForm) throws -> NormalForm {
        if let turns = turns(angle), let exact = try ExactAngles.sine(turns, &self) { return exact }
        return atom(.function(.sin, [angle]))
    }

    private mutating func cosine(_ angle: NormalForm) throws -> NormalForm {
        if let turns = turns(angle), let exact = try ExactAngles.cosine(turns, &self) { return exact }
        return atom(.function(.cos, [angle]))
    }

    /// The angle in multiples of π, if it is a rational one.
    private mutating func turns(_ angle: NormalForm) -> Rational? {
        if angle.numerator.isZero { return 0 }
        let pi = Monomial(table.id(of: .pi))
        guard angle.denominator == .one, let (monomial, coefficient) = angle.numerator.single, monomial == pi else {
            return nil
        }
        return coefficient
    }

    // MARK: Logarithms

    /// The natural logarithm, by logarithms of primes where the argument is a product of their powers and of e's.
    private mutating func logarithm(of form: NormalForm) throws -> NormalForm {
        guard !form.numerator.isZero else { throw Undefined() }
        let e = table.id(of: .e)
        guard form.denominator == .one, let (monomial, coefficient) = form.numerator.single, coefficient.sign > 0,
            monomial.factors.allSatisfy({ factor in
                if case .prime = table[factor.atom] { true } else { factor.atom == e }
            })
        else { return atom(.function(.ln, [form])) }
        var sum = Polynomial.zero
        for (prime, count) in try primePowers(of: coefficient) { sum = sum + logarithm(of: prime, times: count) }
        for factor in monomial.factors {
            sum =
                sum
                + (factor.atom == e
                    ? Polynomial(factor.exponent) : logarithm(of: table[factor.atom], times: factor.exponent))
        }
        return NormalForm(sum)
    }

    private mutating func logarithm(of prime: Atom, times count: Rational) -> Polynomial {
        guard case .prime(let value, let isProven) = prime, isProven else {
            return Polynomial(
                count,
                Monomial(table.id(of: .function(.ln, [NormalForm(Polynomial(1, Monomial(table.id(of: prime))))]))))
        }
        return Polynomial(count, Monomial(table.id(of: .logarithm(value))))
    }

    // MARK: Whole numbers

    private mutating func absolute(_ form: NormalForm) throws -> NormalForm {
        if let value = form.constant { return NormalForm(Polynomial(value.magnitude)) }
        if let modulus = try modulus(form) { return modulus }
        // |-x| is |x|.
        let isNegative = form.numerator.leading.map { $0.coefficient.sign < 0 } ?? false
        let positive = NormalForm(isNegative ? form.numerator.scaled(by: -1) : form.numerator, over: form.denominator)
        if let (monomial, coefficient) = positive.numerator.single, positive.denominator == .one,
            monomial.factors.allSatisfy({ isPositive(table[$0.atom]) })
        {
            return NormalForm(Polynomial(coefficient, monomial))
        }
        return atom(.function(.absolute, [positive]))
    }

    /// √(a² + b²) of a + bi, where a and b are real numbers; nil for other forms.
    private mutating func modulus(_ form: NormalForm) throws -> NormalForm? {
        let i = table.id(of: .i)
        let atoms = form.numerator.atoms
        guard form.denominator == .one, atoms.contains(i), atoms.allSatisfy({ $0 == i || isPositive(table[$0]) }) else {
            return nil
        }
        var (real, imaginary) = (Polynomial.zero, Polynomial.zero)
        for (monomial, coefficient) in form.numerator.terms {
            if monomial.factors.contains(where: { $0.atom == i }) {
                imaginary.add(coefficient, Monomial(monomial.factors.filter { $0.atom != i }))
            } else {
                real.add(coefficient, monomial)
            }
        }
        let square = try add(NormalForm(try multiply(real, real)), NormalForm(try multiply(imaginary, imaginary)))
        return try root(of: square, degree: 2)
    }

    /// Whether an atom stands for a positive number, whatever its variables are.
    private func isPositive(_ atom: Atom) -> Bool {
        switch atom {
        case .pi, .e, .prime, .logarithm: true
        default: false
        }
    }

    private mutating func factorial(_ form: NormalForm) throws -> NormalForm {
        guard let value = form.constant else { return atom(.function(.factorial, [form])) }
        guard let count = value.machineInteger, count >= 0 else {
            if value.isInteger, value.sign > 0 { throw Self.tooLarge }
            throw Undefined()
        }
        return NormalForm(Polynomial(try product(of: 1, through: count)))
    }

    /// The product of all whole numbers between two.
    private mutating func product(of first: Int, through last: Int) throws -> Rational {
        guard first <= last else { return 1 }
        // Each factor has at least one bit but for 1, so that this many cannot fit.
        guard last - first <= Limits.bits else { throw Self.tooLarge }
        var product = BigInt(1)
        for factor in first...last {
            product *= BigInt(factor)
            try work.spend(1 + product.bitWidth >> 8)
            guard product.bitWidth <= Limits.bits else { throw Self.tooLarge }
        }
        return Rational(product)
    }

    private mutating func binomial(_ above: Rational, _ below: Rational) throws -> Rational {
        guard let total = above.machineInteger, let chosen = below.machineInteger, total >= 0 else { throw Undefined() }
        guard chosen >= 0, chosen <= total else { return 0 }
        let count = min(chosen, total - chosen)
        guard
            let value = try product(of: total - count + 1, through: total).dividing(
                by: try product(of: 1, through: count))
        else { throw Undefined() }
        return value
    }

    /// n(n−1)…(n−k+1)/k! for a k that is small.
    private mutating func binomial(_ above: NormalForm, _ below: NormalForm) throws -> NormalForm {
        guard let count = below.constant?.machineInteger, (0...12).contains(count) else {
            return atom(.function(.binomial, [above, below]))
        }
        var result = NormalForm.one
        for index in 0..<count {
            let factor = try add(above, NormalForm(Polynomial(Rational(-index))))
            result = try divide(try multiply(result, factor), by: NormalForm(Polynomial(Rational(index + 1))))
        }
        return result
    }

    private func modulo(_ value: Rational, _ divisor: Rational) throws -> Rational {
        guard let quotient = value.dividing(by: divisor) else { throw Undefined() }
        return value - quotient.floor * divisor
    }

    private mutating func folded(_ function: Expression.Function, _ arguments: [NormalForm]) throws -> NormalForm {
        let values = arguments.compactMap(\.constant)
        guard values.count == arguments.count, let first = values.first else {
            return atom(.function(function, arguments))
        }
        let value: Rational =
            switch function {
            case .minimum: values.min() ?? first
            case .maximum: values.max() ?? first
            case .gcd: values.reduce(0) { $0.commonDivisor(with: $1) }
            default:
                try values.dropFirst().reduce(first.magnitude) { multiple, value in
                    guard let quotient = (multiple * value.magnitude).dividing(by: multiple.commonDivisor(with: value))
                    else {
                        throw Undefined()
                    }
                    return quotient
                }
            }
        return NormalForm(Polynomial(try checked(value)))
    }
}

extension Rational {
    /// The largest rational number of which both are whole multiples; of 0 and another it is the other's magnitude.
    func commonDivisor(with other: Rational) -> Rational {
        if sign == 0 { return other.magnitude }
        if other.sign == 0 { return magnitude }
        let above = numerator.greatestCommonDivisor(with: other.numerator)
        let below = denominator * other.denominator / denominator.greatestCommonDivisor(with: other.denominator)
        return Rational(above, over: below) ?? 0
    }
}
