import Basics
import BigInt
import Mathematics
import Testing

@Suite struct `Elementary functions` {
    private static let context = EnclosureContext()

    @Test(arguments: FunctionValue.all)
    func `an enclosure contains mpmath's value and is narrow`(value: FunctionValue) throws {
        let enclosure = try value.value(in: Self.context)
        #expect(enclosure.contains(try value.reference))
        #expect(enclosure.knownBits >= 200)
    }

    @Test(arguments: [32, 64, 100, 200, 320])
    func `an enclosure contains mpmath's value in any precision`(precision: Int) throws {
        let context = EnclosureContext(precision: precision)
        for value in FunctionValue.all {
            let enclosure: Enclosure
            do {
                enclosure = try value.value(in: context)
            } catch EnclosureError.undecided(_, _) {
                // Near a pole the argument itself, which is rounded, may be too wide.
                #expect(value.function == "tan" && precision < 100, "\(value.testDescription)")
                continue
            }
            #expect(enclosure.contains(try value.reference), "\(value.testDescription)")
        }
    }

    /// Intervals from very narrow to as wide as the function allows, whose values at both ends and in between must be
    /// in the enclosure: they are computed in more bits than the intervals are.
    @Test(
        arguments: [
            ("exp", nil, -30, 30), ("log", nil, 0.001, 1000), ("log", nil, 0.99, 1.01), ("sin", nil, -10, 10),
            ("cos", nil, -10, 10), ("tan", nil, -1.5, 1.5), ("asin", nil, -1, 1), ("acos", nil, -1, 1),
            ("atan", nil, -5, 5),
            ("atan", nil, -0.001, 0.001), ("root", 2, 0.0, 9), ("root", 3, -9, 9), ("root", 12, 0.1, 9),
            ("power", 2, -3, 3),
            ("power", 3, -3, 3), ("power", -2, 0.1, 3), ("power", 6, -1, 4),
        ] as [(String, Int?, Double, Double)])
    func `the values in a wide interval are in its enclosure`(
        function: String, parameter: Int?, low: Double, high: Double
    ) throws {
        var generator = SeededGenerator(seed: 5, name: "\(function) \(low)")
        let wide = EnclosureContext(precision: 64)
        func rational(_ number: Double) throws -> Rational {
            try #require(Rational(BigInt(number * 0x1p60), over: BigInt(1) << 60))
        }
        for _ in 0..<100 {
            let width = Double.exp2Random(from: -40, to: 0, &generator) * (high - low)
            let start = Double.random(in: low...(high - width), using: &generator)
            let (first, last) = (try rational(start), try rational(start + width))
            let comment: Comment = "\(function) from \(first) to \(last)"
            let argument = try wide.enclosure(from: first, to: last)
            #expect(argument.contains(first) && argument.contains(last))
            let enclosure: Enclosure
            do {
                enclosure = try wide.value(of: function, parameter, at: argument)
            } catch EnclosureError.undecided(_, _) {
                // Only where the function is unbounded or ends.
                #expect(["tan", "log", "power"].contains(function), comment)
                continue
            }
            let between = first + (last - first) * (try rational(Double.random(in: 0...1, using: &generator)))
            for point in [first, between, last] {
                let value = try Self.context.value(of: function, parameter, at: Self.context.enclosure(of: point))
                #expect(enclosure.contains(value), comment)
            }
        }
    }

    @Test func `numbers that are the same by identities are never told apart`() throws {
        let context = Self.context
        var generator = SeededGenerator(seed: 6, name: "identities")
        func number(_ range: ClosedRange<Int>) throws -> Enclosure {
            try context.enclosure(of: #require(Rational(.random(in: range, using: &generator), over: 1009)))
        }
        let one = try context.enclosure(of: 1)
        for _ in 0..<50 {
            let (x, y) = (try number(-9000...9000), try number(1...9000))
            let (sine, cosine) = (try context.sin(x), try context.cos(x))
            let pairs: [(Enclosure, Enclosure)] = [
                (try context.sum(context.product(sine, sine), context.product(cosine, cosine)), one),
                (try context.sin(context.sum(x, context.pi)), -sine),
                (try context.tan(context.atan(x)), x),
                (try context.log(context.exp(x)), x),
                (try context.exp(context.sum(x, y)), try context.product(context.exp(x), context.exp(y))),
                (try context.product(context.root(2, of: y), context.root(2, of: y)), y),
                (try context.power(context.root(7, of: x), 7), x),
                (try context.root(24, of: y), try context.root(4, of: context.root(6, of: y))),
                (
                    try context.sum(context.asin(sine), context.acos(sine)),
                    try context.product(
                        context.pi, context.enclosure(of: #require(Rational(1, over: 2))))
                ),
                (try context.product(context.quotient(x, y), y), x),
                (try context.difference(context.sum(x, y), y), x),
                (try context.absoluteValue(x), try context.root(2, of: context.power(x, 2))),
            ]
            for (index, (left, right)) in pairs.enumerated() {
                #expect(!left.isDisjoint(from: right), "identity \(index) at \(x), \(y)")
                #expect(min(left.knownBits, right.knownBits) > 200 || x.sign == 0, "identity \(index) at \(x), \(y)")
                // A change in the 61st digit is seen.
                let other = try context.sum(
                    right, context.enclosure(of: #require(Rational(1, over: BigInt(10).power(60)))))
                #expect(left.isDisjoint(from: other), "identity \(index) at \(x), \(y)")
            }
        }
    }

    @Test func `what is exact stays exact`() throws {
        let context = Self.context
        func exact(_ integer: Int) throws -> Enclosure { try context.enclosure(of: Rational(integer)) }
        #expect(try context.root(2, of: exact(144)).isExact)
        #expect(try context.root(3, of: exact(-27)).contains(-3))
        #expect(try context.root(3, of: exact(-27)).isExact)
        #expect(try context.exp(exact(0)).sign == 1)
        #expect(try context.log(exact(1)).sign == 0)
        #expect(try context.sin(exact(0)).sign == 0)
        #expect(try context.atan(exact(0)).sign == 0)
        #expect(try context.acos(exact(1)).sign == nil || context.acos(exact(1)).sign == 0)
        #expect(try context.quotient(exact(3), exact(8)).isExact)
        #expect(try context.power(exact(2), 10_000).isExact)
        #expect(try context.difference(exact(7), exact(7)).sign == 0)
    }

    @Test func `the constants are those of mpmath`() throws {
        // mpmath.nstr(mpmath.pi, 100) and e.
        let pi =
            "3141592653589793238462643383279502884197169399375105820974944592307816406286208998628034825342117068"
        let e =
            "2718281828459045235360287471352662497757247093699959574966967627724076630353547594571382178525166427"
        let places = BigInt(10).power(99)
        for (constant, digits) in [(Self.context.pi, pi), (Self.context.e, e)] {
            let integer = try #require(BigInt(digits))
            #expect(constant.contains(try #require(Rational(integer, over: places))))
            #expect(constant.knownBits > 300)
        }
    }
}

extension Double {
    /// 2 to the power of a uniform number.
    static func exp2Random(from low: Double, to high: Double, _ generator: inout SeededGenerator) -> Double {
        let exponent = Double.random(in: low...high, using: &generator)
        return Double(
            sign: .plus, exponent: Int(exponent.rounded(.down)), significand: 1 + exponent - exponent.rounded(.down))
    }
}
