/// A sum of monomials with rational coefficients.
struct Polynomial: Hashable {
    /// No coefficient is 0.
    private(set) var terms: [Monomial: Rational]

    static let zero = Polynomial(terms: [:])
    static let one = Polynomial(1)

    private init(terms: [Monomial: Rational]) {
        self.terms = terms
    }

    /// One term.
    init(_ coefficient: Rational, _ monomial: Monomial = .one) {
        terms = coefficient.sign == 0 ? [:] : [monomial: coefficient]
    }

    var isZero: Bool { terms.isEmpty }

    /// The number, if it is one.
    var constant: Rational? {
        if terms.isEmpty { return 0 }
        return terms.count == 1 ? terms[.one] : nil
    }

    /// The only term, if there is one.
    var single: (monomial: Monomial, coefficient: Rational)? {
        terms.count == 1 ? terms.first.map { ($0.key, $0.value) } : nil
    }

    /// The term that comes last in the order of monomials.
    var leading: (monomial: Monomial, coefficient: Rational)? {
        terms.max { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// Adds one term.
    mutating func add(_ coefficient: Rational, _ monomial: Monomial) {
        let sum = (terms[monomial] ?? 0) + coefficient
        terms[monomial] = sum.sign == 0 ? nil : sum
    }

    static func + (left: Polynomial, right: Polynomial) -> Polynomial {
        var sum = left.terms.count >= right.terms.count ? left : right
        for (monomial, coefficient) in (left.terms.count >= right.terms.count ? right : left).terms {
            sum.add(coefficient, monomial)
        }
        return sum
    }

    /// Each coefficient multiplied by a number.
    func scaled(by factor: Rational) -> Polynomial {
        factor.sign == 0 ? .zero : Polynomial(terms: terms.mapValues { $0 * factor })
    }

    /// The atoms in it.
    var atoms: Set<Int> { Set(terms.keys.flatMap { $0.factors.map(\.atom) }) }
}

/// A quotient of polynomials.
struct NormalForm: Hashable {
    var numerator: Polynomial
    /// Not zero; 1 wherever it would be a single term, which is moved into the numerator.
    var denominator: Polynomial

    static let zero = NormalForm(.zero)
    static let one = NormalForm(.one)

    init(_ numerator: Polynomial, over denominator: Polynomial = .one) {
        self.numerator = numerator
        self.denominator = denominator
    }

    /// The number, if it is one.
    var constant: Rational? { denominator == .one ? numerator.constant : nil }
}
