/// Says whether two expressions have the same value, wherever their symbols are the same numbers.
struct ExpressionComparison {
    var work: Work

    init(work: Work) {
        self.work = work
    }

    /// Compares two expressions.
    ///
    /// - Throws: `GradingError` if a number gets too large, it takes too long, or nothing decides.
    mutating func areEqual(_ first: Expression, _ second: Expression) throws(GradingError) -> Bool {
        try work.spend(1)
        if first == second { return true }
        if case .number = first, case .number = second { return false }
        do {
            return try byNormalForm(first, second)
        } catch let error as GradingError {
            throw error
        } catch is Normalizer.TooManyTerms {
            return try byPoints(first, second)
        } catch {
            // One has no value, and they are not written alike.
            return false
        }
    }

    /// Decides by what is the same polynomial; where that says nothing, by points.
    private mutating func byNormalForm(_ first: Expression, _ second: Expression) throws -> Bool {
        var normalizer = Normalizer(work: work)
        defer { work = normalizer.work }
        let (left, right) = (try normalizer.form(of: first), try normalizer.form(of: second))
        if left == right { return true }
        let across = try normalizer.multiply(left.numerator, right.denominator)
        let difference = across + (try normalizer.multiply(right.numerator, left.denominator)).scaled(by: -1)
        if difference.isZero { return true }
        let atoms = difference.atoms.union(left.denominator.atoms).union(right.denominator.atoms)
        if atoms.allSatisfy({ normalizer.table[$0].isIndependent }) { return false }
        work = normalizer.work
        return try byEnclosures(first, second)
    }

    private mutating func byPoints(_ first: Expression, _ second: Expression) throws(GradingError) -> Bool {
        if let answer = byResidues(first, second) { return answer }
        return try byEnclosures(first, second)
    }

    /// Decides between quotients of polynomials by their values modulo three primes; nil for other expressions.
    private func byResidues(_ first: Expression, _ second: Expression) -> Bool? {
        let names = first.symbols.union(second.symbols).sorted() + [ModularValue.pi, ModularValue.e]
        var points = PointSource()
        for field in ModularValue.Field.all {
            let values = Dictionary(uniqueKeysWithValues: names.map { ($0, points.next() % field.prime) })
            var left = ModularValue(field: field, values: values)
            var right = left
            guard let a = try? left.value(of: first), let b = try? right.value(of: second) else { return nil }
            if a != b { return false }
        }
        return true
    }

    /// Decides by enclosures at several points: disjoint ones are a proof that the expressions differ.
    private mutating func byEnclosures(_ first: Expression, _ second: Expression) throws(GradingError) -> Bool {
        let names = first.symbols.union(second.symbols).sorted()
        var points = PointSource()
        var agreements = 0
        for attempt in 0..<(names.isEmpty ? 1 : Self.attempts) {
            let values = Dictionary(uniqueKeysWithValues: names.map { ($0, points.rational(attempt)) })
            switch (try enclosure(of: first, at: values), try enclosure(of: second, at: values)) {
            case (.value(let left), .value(let right)):
                if left.isDisjoint(from: right) { return false }
                guard min(left.knownBits, right.knownBits) >= Self.bits || Self.isTinyDifference(left, right) else {
                    continue
                }
                agreements += 1
                if agreements == (names.isEmpty ? 1 : Self.points) { return true }
            case (.undefined, .value), (.value, .undefined): return false
            default: continue
            }
        }
        throw GradingError(
            .undecided,
            "Two answers must be comparable; these agree as far as they can be computed, which proves nothing. "
                + "State the answer in a simpler form.")
    }

    /// Both may be 0: then no relative precision is to be had.
    private static func isTinyDifference(_ left: Enclosure, _ right: Enclosure) -> Bool {
        left.isWithin(powerOfTwo: -bits) && right.isWithin(powerOfTwo: -bits)
    }

    enum Value {
        case value(Enclosure)
        case undefined, unknown
    }

    mutating func enclosure(of expression: Expression, at values: [String: Rational]) throws(GradingError) -> Value {
        do {
            try work.spend(1_000)
            var enclosing = ExpressionEnclosure(EnclosureContext(), values: values, work: work)
            return .value(try enclosing.enclosure(of: expression))
        } catch let error as GradingError {
            throw error
        } catch ExpressionEnclosure.Failure.undefined {
            return .undefined
        } catch {
            return .unknown
        }
    }

    private static let attempts = 24
    private static let points = 3
    /// Bits that two enclosures must share.
    private static let bits = 180
}

/// Points for the comparison of functions: always the same ones, so that a verdict can be repeated.
struct PointSource {
    private var state: UInt64 = 0x5EED_0F_E1647

    /// 64 bits. - Source: Steele, Lea and Flood 2014 (SplitMix64).
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// A rational number: of both signs, positive, within 1 of 0, or whole and positive, in turn.
    mutating func rational(_ turn: Int) -> Rational {
        let above = Int(next() >> 44)
        return switch turn % 4 {
        case 0: Rational(above + 1, over: 1 << 17) ?? 0
        case 1: Rational(above - (1 << 19), over: 1 << 16) ?? 0
        case 2: Rational(above - (1 << 19), over: (1 << 19) + 1) ?? 0
        default: Rational(above % 12 + 1)
        }
    }
}
