import BigInt

/// Brings expressions to normal form. Those of one normalizer can be compared.
struct Normalizer {
    /// The expression has no value, such as 1/0.
    struct Undefined: Error {}
    /// The normal form has more terms than are expanded; that says nothing of the expression's value.
    struct TooManyTerms: Error {}

    var table = AtomTable()
    var work: Work

    init(work: Work) {
        self.work = work
    }

    /// The normal form of an expression.
    ///
    /// - Throws: `Undefined`, `TooManyTerms`, or `GradingError` if a number has too many digits or it takes too long.
    mutating func form(of expression: Expression) throws -> NormalForm {
        try work.spend(1)
        switch expression {
        case .number(let value): return NormalForm(Polynomial(try checked(value)))
        case .symbol(let name): return atom(.symbol(name))
        case .constant(let constant): return form(of: constant)
        case .sum(let terms):
            var sum = NormalForm.zero
            for term in terms { sum = try add(sum, try form(of: term)) }
            return sum
        case .product(let factors):
            var product = NormalForm.one
            for factor in factors { product = try multiply(product, try form(of: factor)) }
            return product
        case .quotient(let above, let below): return try divide(try form(of: above), by: try form(of: below))
        case .power(let base, let exponent): return try power(try form(of: base), to: try form(of: exponent))
        case .root(let radicand, let degree): return try root(of: try form(of: radicand), degree: degree)
        case .function(let function, let arguments):
            return try apply(function, to: try arguments.map { try form(of: $0) })
        }
    }

    private mutating func form(of constant: Expression.Constant) -> NormalForm {
        switch constant {
        case .pi: atom(.pi)
        case .e: atom(.e)
        case .i: atom(.i)
        case .degree: NormalForm(Polynomial(Rational(180).reciprocal ?? 0, Monomial(table.id(of: .pi))))
        case .infinity: atom(.symbol("\u{221E}"))
        }
    }

    /// An atom as a form.
    mutating func atom(_ atom: Atom) -> NormalForm {
        NormalForm(Polynomial(1, Monomial(table.id(of: atom))))
    }

    /// A number within the limits.
    func checked(_ value: Rational) throws(GradingError) -> Rational {
        guard value.bitWidth <= Limits.bits else { throw Self.tooLarge }
        return value
    }

    static let tooLarge = GradingError(
        .tooLarge,
        "A number in an answer has at most \(Limits.bits) bits; computing this one takes more. State it in another form."
    )

    // MARK: Arithmetic

    mutating func add(_ left: NormalForm, _ right: NormalForm) throws -> NormalForm {
        if left.denominator == right.denominator {
            return try reduced(try add(left.numerator, right.numerator), over: left.denominator)
        }
        let numerator = try add(
            try multiply(left.numerator, right.denominator), try multiply(right.numerator, left.denominator))
        return try reduced(numerator, over: try multiply(left.denominator, right.denominator))
    }

    private mutating func add(_ left: Polynomial, _ right: Polynomial) throws -> Polynomial {
        try work.spend(1 + left.terms.count + right.terms.count)
        if let a = left.constant, let b = right.constant { try work.spend((a.bitWidth * b.bitWidth) >> 12) }
        let sum = left + right
        guard sum.terms.count <= Limits.terms else { throw TooManyTerms() }
        if let constant = sum.constant { _ = try checked(constant) }
        return sum
    }

    mutating func multiply(_ left: NormalForm, _ right: NormalForm) throws -> NormalForm {
        try reduced(
            try multiply(left.numerator, right.numerator), over: try multiply(left.denominator, right.denominator))
    }

    mutating func divide(_ left: NormalForm, by right: NormalForm) throws -> NormalForm {
        guard !right.numerator.isZero else { throw Undefined() }
        return try reduced(
            try multiply(left.numerator, right.denominator), over: try multiply(left.denominator, right.numerator))
    }

    /// The quotient with a denominator that is no single term, and nothing over something as 0.
    private mutating func reduced(_ numerator: Polynomial, over denominator: Polynomial) throws -> NormalForm {
        guard !denominator.isZero else { throw Undefined() }
        if numerator.isZero { return .zero }
        guard let (monomial, coefficient) = denominator.single, let inverse = coefficient.reciprocal else {
            if numerator == denominator { return .one }
            return NormalForm(numerator, over: denominator)
        }
        if monomial == .one { return NormalForm(inverse == 1 ? numerator : numerator.scaled(by: inverse)) }
        return NormalForm(try multiply(numerator, try reduced(Polynomial(inverse, monomial.raised(to: -1)))))
    }

    /// The product, with powers of i, of primes and of roots reduced.
    mutating func multiply(_ left: Polynomial, _ right: Polynomial) throws -> Polynomial {
        if left == .one { return right }
        if right == .one { return left }
        var product = Polynomial.zero
        for (first, a) in left.terms {
            for (second, b) in right.terms {
                try work.spend(1 + (a.bitWidth * b.bitWidth) >> 12)
                let coefficient = try checked(a * b)
                let monomial = first * second
                let reduced = try reduced(coefficient, monomial)
                if let reduced, reduced.single == nil {
                    product = try add(product, reduced)
                } else {
                    let term = reduced?.single ?? (monomial, coefficient)
                    product.add(term.coefficient, term.monomial)
                    guard product.terms.count <= Limits.terms else { throw TooManyTerms() }
                }
            }
        }
        return product
    }

    /// One term, with powers of i, of primes and of roots reduced.
    mutating func reduced(_ term: Polynomial) throws -> Polynomial {
        guard let (monomial, coefficient) = term.single else { return term }
        return try reduced(coefficient, monomial) ?? term
    }

    /// A term whose powers can be reduced, as a polynomial; nil where none can.
    private mutating func reduced(_ coefficient: Rational, _ monomial: Monomial) throws -> Polynomial? {
        var factor = coefficient
        var rest: [Monomial.Factor] = []
        var roots: [(Polynomial, Int)] = []
        var isChanged = false
        for power in monomial.factors {
            switch table[power.atom] {
            case .i where power.exponent != 1:
                guard let exponent = power.exponent.machineInteger else { return nil }
                isChanged = true
                let turn = ((exponent % 4) + 4) % 4
                if turn >= 2 { factor = -factor }
                if turn % 2 == 1 { rest.append(Monomial.Factor(atom: power.atom, exponent: 1)) }
            case .prime(let prime, _) where power.exponent.sign < 0 || power.exponent >= 1:
                isChanged = true
                let whole = power.exponent.floor
                guard let exponent = whole.machineInteger,
                    let value = Rational(prime).power(exponent, bitLimit: Limits.bits)
                else { throw Self.tooLarge }
                factor = try checked(factor * value)
                let fraction = power.exponent - whole
                if fraction.sign != 0 { rest.append(Monomial.Factor(atom: power.atom, exponent: fraction)) }
            case .root(let radicand, let degree) where power.exponent >= Rational(degree):
                guard let exponent = power.exponent.machineInteger else { return nil }
                isChanged = true
                roots.append((radicand, exponent / degree))
                if exponent % degree != 0 {
                    rest.append(Monomial.Factor(atom: power.atom, exponent: Rational(exponent % degree)))
                }
            default: rest.append(power)
            }
        }
        guard isChanged else { return nil }
        var result = Polynomial(factor, Monomial(rest))
        for (radicand, count) in roots {
            for _ in 0..<min(count, 64) { result = try multiply(result, radicand) }
            if count > 64 { throw TooManyTerms() }
        }
        return result
    }
}
