/// Encloses the value of an expression of which each symbol stands for a rational number.
struct ExpressionEnclosure {
    /// Why an expression has no enclosure.
    enum Failure: Error {
        /// It has no real value there.
        case undefined
        /// Its value there is not known well enough, or too large.
        case unknown
    }

    let context: EnclosureContext
    /// What the symbols stand for.
    let values: [String: Rational]
    /// For exponents and other parts that must be known exactly.
    private var normalizer: Normalizer

    init(_ context: EnclosureContext, values: [String: Rational], work: Work) {
        self.context = context
        self.values = values
        normalizer = Normalizer(work: work)
    }

    /// The enclosure of an expression's value.
    ///
    /// - Throws: `Failure`, or `GradingError` if it takes too long.
    mutating func enclosure(of expression: Expression) throws -> Enclosure {
        do {
            return try value(of: expression)
        } catch let error as EnclosureError {
            if case .undefined = error { throw Failure.undefined }
            throw Failure.unknown
        } catch is Normalizer.Undefined {
            throw Failure.undefined
        }
    }

    private mutating func value(of expression: Expression) throws -> Enclosure {
        // An operation on numbers of some hundred bits takes microseconds.
        try normalizer.work.spend(100)
        switch expression {
        case .number(let number): return try context.enclosure(of: number)
        case .symbol(let name):
            guard let value = values[name] else { throw Failure.unknown }
            return try context.enclosure(of: value)
        case .constant(.pi): return context.pi
        case .constant(.e): return context.e
        case .constant(.degree): return try context.quotient(context.pi, try context.enclosure(of: 180))
        case .constant(.i), .constant(.infinity): throw Failure.unknown
        case .sum(let terms):
            var sum = try context.enclosure(of: 0)
            for term in terms { sum = try context.sum(sum, try value(of: term)) }
            return sum
        case .product(let factors):
            var product = try context.enclosure(of: 1)
            for factor in factors { product = try context.product(product, try value(of: factor)) }
            return product
        case .quotient(let above, let below): return try context.quotient(try value(of: above), try value(of: below))
        case .root(let radicand, let degree): return try context.root(degree, of: try value(of: radicand))
        case .power(let base, let exponent): return try power(base, exponent)
        case .function(let function, let arguments): return try apply(function, arguments)
        }
    }

    /// The exact value, if it is a rational number that is plain to see.
    private mutating func exact(_ expression: Expression) throws -> Rational? {
        do {
            return try normalizer.form(of: expression.substituting(values)).constant
        } catch is Normalizer.TooManyTerms {
            return nil
        }
    }

    private mutating func power(_ base: Expression, _ exponent: Expression) throws -> Enclosure {
        let value = try value(of: base)
        if let exact = try exact(exponent) {
            if let count = exact.machineInteger {
                guard count.magnitude <= 1 << 24 else { throw Failure.unknown }
                return try context.power(value, count)
            }
            if let degree = Rational(exact.denominator).machineInteger, degree <= 1_000,
                let count = Rational(exact.numerator).machineInteger, count.magnitude <= 1 << 24
            {
                return try context.power(try context.root(degree, of: value), count)
            }
        }
        return try context.exp(try context.product(try self.value(of: exponent), try context.log(value)))
    }

    private mutating func apply(_ function: Expression.Function, _ arguments: [Expression]) throws -> Enclosure {
        guard let first = arguments.first else { throw Failure.undefined }
        switch function {
        case .sin: return try context.sin(try value(of: first))
        case .cos: return try context.cos(try value(of: first))
        case .tan: return try context.tan(try value(of: first))
        case .cot: return try inverse(try context.tan(try value(of: first)))
        case .sec: return try inverse(try context.cos(try value(of: first)))
        case .csc: return try inverse(try context.sin(try value(of: first)))
        case .arcsin: return try context.asin(try value(of: first))
        case .arccos: return try context.acos(try value(of: first))
        case .arctan: return try context.atan(try value(of: first))
        case .sinh, .cosh, .tanh: return try hyperbolic(function, try value(of: first))
        case .ln: return try context.log(try value(of: first))
        case .log:
            guard arguments.count == 2 else { throw Failure.undefined }
            return try context.quotient(
                try context.log(try value(of: arguments[1])), try context.log(try value(of: first)))
        case .absolute: return try context.absoluteValue(try value(of: first))
        case .floor, .ceiling:
            if let exact = try exact(first) {
                return try context.enclosure(of: function == .floor ? exact.floor : -((-exact).floor))
            }
            let value = try value(of: first)
            guard let whole = function == .floor ? value.floor : value.ceiling else { throw Failure.unknown }
            return try context.enclosure(of: whole)
        case .factorial, .binomial, .gcd, .lcm, .minimum, .maximum, .modulo:
            guard let exact = try exact(.function(function, arguments)) else { throw Failure.unknown }
            return try context.enclosure(of: exact)
        }
    }

    private func inverse(_ value: Enclosure) throws -> Enclosure {
        try context.quotient(try context.enclosure(of: 1), value)
    }

    private func hyperbolic(_ function: Expression.Function, _ argument: Enclosure) throws -> Enclosure {
        let (up, down) = (try context.exp(argument), try context.exp(-argument))
        let (sinh, cosh) = (try context.difference(up, down), try context.sum(up, down))
        switch function {
        case .tanh: return try context.quotient(sinh, cosh)
        default: return try context.quotient(function == .sinh ? sinh : cosh, try context.enclosure(of: 2))
        }
    }
}

extension Expression {
    /// The expression with numbers in the place of symbols.
    func substituting(_ values: [String: Rational]) -> Expression {
        switch self {
        case .number, .constant: self
        case .symbol(let name): values[name].map(Expression.number) ?? self
        case .sum(let terms): .sum(terms.map { $0.substituting(values) })
        case .product(let factors): .product(factors.map { $0.substituting(values) })
        case .quotient(let above, let below): .quotient(above.substituting(values), below.substituting(values))
        case .power(let base, let exponent): .power(base.substituting(values), exponent.substituting(values))
        case .root(let radicand, let degree): .root(radicand.substituting(values), degree: degree)
        case .function(let function, let arguments): .function(function, arguments.map { $0.substituting(values) })
        }
    }

    /// Whether it is made of symbols alone: `xy`, `|AB|`, `f(x)`, `NO/BO`.
    var hasNoNumber: Bool {
        switch self {
        case .symbol: true
        case .sum(let parts), .product(let parts), .function(_, let parts): parts.allSatisfy(\.hasNoNumber)
        case .quotient(let above, let below): above.hasNoNumber && below.hasNoNumber
        default: false
        }
    }

    /// The names of its symbols.
    var symbols: Set<String> {
        switch self {
        case .number, .constant: []
        case .symbol(let name): [name]
        case .sum(let parts), .product(let parts), .function(_, let parts):
            parts.reduce(into: []) { $0.formUnion($1.symbols) }
        case .quotient(let first, let second), .power(let first, let second): first.symbols.union(second.symbols)
        case .root(let radicand, _): radicand.symbols
        }
    }
}
