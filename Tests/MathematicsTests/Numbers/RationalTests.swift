import Basics
import BigInt
import Mathematics
import Testing

@Suite struct `Rational numbers` {
    /// A quotient of BigInts in lowest terms by BigInt's own divisor: what a Rational has to agree with.
    private struct Reference: Equatable {
        let numerator: BigInt
        let denominator: BigInt

        init(_ numerator: BigInt, _ denominator: BigInt) {
            let divisor = BigInt(numerator.magnitude.greatestCommonDivisor(with: denominator.magnitude))
            let sign: BigInt = denominator < 0 ? -1 : 1
            self.numerator = sign * numerator / divisor
            self.denominator = sign * denominator / divisor
        }
    }

    private static func expect(
        _ number: Rational?, is reference: Reference, _ comment: Comment,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(number?.numerator == reference.numerator, comment, sourceLocation: sourceLocation)
        #expect(number?.denominator == reference.denominator, comment, sourceLocation: sourceLocation)
        // The same number made another way is the same value with the same hash: it has one representation.
        let other = Rational(reference.numerator * 3, over: reference.denominator * 3)
        #expect(number == other, comment, sourceLocation: sourceLocation)
        #expect(number.hashValue == other.hashValue, comment, sourceLocation: sourceLocation)
    }

    /// Small ones, ones around the ends of a machine integer and its root, and large ones.
    private static func integer(_ generator: inout SeededGenerator) -> BigInt {
        let small = BigInt(Int.random(in: -20...20, using: &generator))
        return switch Int.random(in: 0..<7, using: &generator) {
        case 0: small
        case 1: BigInt(Int.max) + small
        case 2: BigInt(Int.min) + small
        case 3: (BigInt(1) << 32) * (small.isZero ? 1 : small.signum()) + small
        case 4: BigInt(Int.random(in: .min ... .max, using: &generator))
        case 5: BigInt(Int.random(in: .min ... .max, using: &generator)) * BigInt(Int.max) * small
        default: BigInt(Int.random(in: -1000...1000, using: &generator)) * BigInt(Int.max / 3)
        }
    }

    @Test(arguments: 0..<4 as Range<UInt64>)
    func `arithmetic around the ends of a machine integer is that of BigInts`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed, name: "rationals")
        for _ in 0..<500 {
            let (a, c) = (Self.integer(&generator), Self.integer(&generator))
            let (b, d) = (Self.integer(&generator), Self.integer(&generator))
            guard !b.isZero, !d.isZero else { continue }
            let (left, right) = (try #require(Rational(a, over: b)), try #require(Rational(c, over: d)))
            let comment: Comment = "seed \(seed): \(a)/\(b) and \(c)/\(d)"
            Self.expect(left, is: Reference(a, b), comment)
            Self.expect(left + right, is: Reference(a * d + c * b, b * d), comment)
            Self.expect(left - right, is: Reference(a * d - c * b, b * d), comment)
            Self.expect(left * right, is: Reference(a * c, b * d), comment)
            Self.expect(-left, is: Reference(-a, b), comment)
            if c.isZero {
                #expect(left.dividing(by: right) == nil)
            } else {
                Self.expect(left.dividing(by: right), is: Reference(a * d, b * c), comment)
            }
            let (across, other) = (a * d * (b * d).signum(), c * b * (b * d).signum())
            #expect((left < right) == (across < other), comment)
            #expect((left == right) == (across == other), comment)
            #expect(left.sign == Int((a * b).signum()), comment)
            #expect(left.magnitude == (left < 0 ? 0 - left : left), comment)
            #expect(left.isInteger == (a % b).isZero, comment)
            #expect(left.floor <= left && left - left.floor < 1 && left.floor.isInteger, comment)
            if let x = Int(exactly: a), let y = Int(exactly: b) {
                #expect(Rational(x, over: y) == left, comment)
            }
        }
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `lowest terms of long numbers are those of the binary algorithm`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed, name: "divisors")
        func integer(ofBits range: ClosedRange<Int>) -> BigInt {
            BigInt(BigUInt.randomInteger(withExactWidth: .random(in: range, using: &generator), using: &generator))
        }
        for _ in 0..<20 {
            let common = integer(ofBits: 1...700)
            let (a, b) = (integer(ofBits: 1...900) * common, integer(ofBits: 1...900) * common)
            Self.expect(Rational(a, over: b), is: Reference(a, b), "seed \(seed): \(a)/\(b)")
        }
        // Neighbours in Fibonacci's sequence take the most steps, each with the quotient 1.
        var (a, b): (BigInt, BigInt) = (1, 1)
        for _ in 0..<1000 { (a, b) = (b, a + b) }
        Self.expect(Rational(a * 6, over: b * 4), is: Reference(a * 6, b * 4), "Fibonacci")
    }

    @Test func `a number is written with its sign first and without a denominator of 1`() throws {
        #expect(try #require(Rational(6, over: -8)).description == "-3/4")
        #expect(try #require(Rational(-10, over: -2)).description == "5")
        #expect(Rational(0).description == "0")
        #expect(Rational(1, over: 0) == nil)
        #expect(Rational(BigInt(1), over: BigInt(0)) == nil)
        #expect(Rational(0).reciprocal == nil)
        #expect(Rational(.min).reciprocal?.description == "-1/9223372036854775808")
        #expect((-Rational(.min)).description == "9223372036854775808")
    }

    @Test func `powers are exact up to the limit`() throws {
        let number = try #require(Rational(-2, over: 3))
        #expect(number.power(3, bitLimit: 100) == Rational(-8, over: 27))
        #expect(number.power(-2, bitLimit: 100) == Rational(9, over: 4))
        #expect(number.power(0, bitLimit: 0) == 1)
        #expect(number.power(100, bitLimit: 399) == nil)
        #expect(number.power(100, bitLimit: 400)?.bitWidth == 101 + 159)
        #expect(number.power(.max, bitLimit: .max) == nil)
        #expect(number.power(.min, bitLimit: .max) == nil)
        #expect(Rational(0).power(-1, bitLimit: 100) == nil)
        #expect(Rational(0).power(.max, bitLimit: 100) == 0)
        #expect(Rational(-1).power(.max, bitLimit: 100) == -1)
        #expect(Rational(-1).power(.min, bitLimit: 100) == 1)
    }

    @Test func `the nearest double is found at any length`() throws {
        #expect(try #require(Rational(-1, over: 3)).approximation == -1.0 / 3)
        let long = try #require(Rational(BigInt(10).power(400), over: BigInt(10).power(399) * 3))
        #expect(abs(long.approximation - 10.0 / 3) < 1e-15)
        #expect(Rational(BigInt(10).power(400)).approximation == .infinity)
        #expect(try #require(Rational(-1, over: BigInt(10).power(400))).approximation == 0)
        #expect(Rational(BigInt(1) << 70).approximation == 0x1p70)
    }
}
