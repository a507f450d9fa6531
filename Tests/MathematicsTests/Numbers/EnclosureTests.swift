import Basics
import BigInt
import Mathematics
import Testing

@Suite struct `Enclosures` {
    private static let context = EnclosureContext()

    private static func exact(_ number: Rational) throws -> Enclosure {
        try context.enclosure(of: number)
    }

    @Test func `rational numbers that differ are told apart`() throws {
        let factorials = try #require(Rational(1, over: Self.factorial(2004)))
        let others = try #require(Rational(1, over: Self.factorial(2006)))
        let (first, second) = (try Self.exact(factorials), try Self.exact(others))
        #expect(first.isDisjoint(from: second))
        #expect(first.contains(factorials) && second.contains(others))
        #expect(!first.contains(others) && !second.contains(factorials))
        // With π they keep their bits, however small they are.
        let (third, fourth) = (
            try Self.context.product(first, Self.context.pi), try Self.context.product(second, Self.context.pi)
        )
        #expect(third.isDisjoint(from: fourth))
        #expect(third.knownBits > 300)
    }

    private static func factorial(_ n: Int) -> BigInt {
        (1...n).reduce(BigInt(1)) { $0 * BigInt($1) }
    }

    @Test(arguments: 0..<4 as Range<UInt64>)
    func `arithmetic contains the exact result, and little else`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed, name: "enclosures")
        func number() throws -> Rational {
            let numerator = Int.random(in: -1_000_000...1_000_000, using: &generator)
            let power = BigInt(1) << Int.random(in: 0..<500, using: &generator)
            let number = try #require(Rational(numerator, over: .random(in: 1...1_000_000, using: &generator)))
            let scale = Rational(power)
            return Bool.random(using: &generator) ? number * scale : try #require(number.dividing(by: scale))
        }
        let context = EnclosureContext(precision: 64)
        for _ in 0..<300 {
            let (a, b) = (try number(), try number())
            let comment: Comment = "seed \(seed): \(a) and \(b)"
            let (x, y) = (try context.enclosure(of: a), try context.enclosure(of: b))
            #expect(x.contains(a) && (x.knownBits > 64), comment)
            #expect(try context.sum(x, y).contains(a + b), comment)
            #expect(try context.difference(x, y).contains(a - b), comment)
            let product = try context.product(x, y)
            #expect(product.contains(a * b) && product.knownBits > 64, comment)
            if b.sign != 0 {
                let quotient = try context.quotient(x, y)
                #expect(try quotient.contains(#require(a.dividing(by: b))) && quotient.knownBits > 64, comment)
            }
            let cube = try context.power(x, 3)
            #expect(cube.contains(a * a * a) && cube.knownBits > 64, comment)
            #expect(try context.absoluteValue(x).contains(a.magnitude), comment)
            #expect(x.sign == a.sign, comment)
            #expect(a == b || x.isDisjoint(from: y) == (x.isDisjoint(from: y) && y.isDisjoint(from: x)), comment)
            // Between both is what is between both.
            let hull = try context.enclosure(from: a, to: b)
            #expect(hull.contains(a) && hull.contains(b) && hull.contains(x) && hull.contains(y), comment)
            #expect(try hull.contains(#require((a + b).dividing(by: 2))), comment)
        }
    }

    @Test func `wide intervals contain all results of their numbers`() throws {
        let context = Self.context
        var generator = SeededGenerator(seed: 7, name: "wide")
        func number() throws -> Rational {
            try #require(
                Rational(.random(in: -1000...1000, using: &generator), over: .random(in: 1...99, using: &generator)))
        }
        for _ in 0..<300 {
            let ends = [try number(), try number(), try number(), try number()]
            let x = try context.enclosure(from: ends[0], to: ends[1])
            let y = try context.enclosure(from: ends[2], to: ends[3])
            let quotient = try? context.quotient(x, y)
            let isAround0 = ends[2].sign * ends[3].sign <= 0
            #expect((quotient == nil) == isAround0, "\(ends)")
            for a in ends[..<2] {
                for b in ends[2...] {
                    #expect(try context.sum(x, y).contains(a + b), "\(ends)")
                    #expect(try context.difference(x, y).contains(a - b), "\(ends)")
                    #expect(try context.product(x, y).contains(a * b), "\(ends)")
                    if let quotient { #expect(try quotient.contains(#require(a.dividing(by: b))), "\(ends)") }
                }
                #expect(try context.absoluteValue(x).contains(a.magnitude), "\(ends)")
                #expect(try context.power(x, 2).contains(a * a), "\(ends)")
                // Factors with a sign have a product, a quotient and a power with one.
                if x.sign != nil, y.sign != nil { #expect(try context.product(x, y).sign == x.sign! * y.sign!) }
                if x.sign != nil, let quotient { #expect(quotient.sign == x.sign! * y.sign!, "\(ends)") }
                // A little below 0 may be left by rounding, not more.
                #expect(try !context.power(x, 2).contains(-1), "\(ends)")
            }
        }
    }

    @Test func `an integer part is told where the interval has one`() throws {
        let context = Self.context
        let half = try #require(Rational(1, over: 2))
        #expect(try Self.exact(half).floor == 0)
        #expect(try Self.exact(half).ceiling == 1)
        #expect(try Self.exact(-half).floor == -1)
        #expect(try Self.exact(-half).ceiling == 0)
        #expect(try Self.exact(7).floor == 7)
        #expect(try Self.exact(-7).ceiling == -7)
        #expect(context.pi.floor == 3)
        #expect((-context.pi).floor == -4)
        #expect((-context.pi).ceiling == -3)
        // √2·√2 may be 2 or a little less.
        let root = try context.root(2, of: Self.exact(2))
        #expect(try context.product(root, root).floor == nil)
        #expect(try context.enclosure(from: half, to: 2).floor == nil)
    }

    @Test func `signs are told unless the interval is around 0`() throws {
        let context = Self.context
        #expect(context.pi.sign == 1)
        #expect((-context.pi).sign == -1)
        #expect(try Self.exact(0).sign == 0)
        #expect(try context.difference(context.pi, context.pi).sign == nil)
        #expect(try context.enclosure(from: -1, to: 2).sign == nil)
        #expect(context.pi.approximation == .pi)
        #expect(try Self.exact(0).isWithin(powerOfTwo: -1_000_000))
        #expect(context.pi.isWithin(powerOfTwo: 2) && !context.pi.isWithin(powerOfTwo: 1))
        #expect(!(-context.pi).isWithin(powerOfTwo: 1))
        #expect(context.pi.description == "3.141592653589793 (317 bits)")
    }

    @Test func `where a function has no value it says so`() throws {
        let context = Self.context
        let (zero, two) = (try Self.exact(0), try Self.exact(2))
        let around0 = try context.enclosure(from: -1, to: 1)
        #expect(Self.failure { try context.quotient(two, zero) } == "undefined")
        #expect(Self.failure { try context.quotient(two, around0) } == "undecided")
        #expect(Self.failure { try context.power(zero, -1) } == "undefined")
        #expect(Self.failure { try context.log(zero) } == "undefined")
        #expect(Self.failure { try context.log(-two) } == "undefined")
        #expect(Self.failure { try context.log(around0) } == "undecided")
        #expect(Self.failure { try context.root(2, of: -two) } == "undefined")
        #expect(Self.failure { try context.root(0, of: two) } == "undefined")
        #expect(Self.failure { try context.root(-2, of: two) } == "undefined")
        #expect(Self.failure { try context.asin(two) } == "undefined")
        #expect(Self.failure { try context.acos(-two) } == "undefined")
        #expect(Self.failure { try context.tan(context.quotient(context.pi, two)) } == "undecided")
        // The part of the interval that has values is used.
        #expect(try context.root(2, of: around0).contains(1))
        #expect(try context.asin(context.enclosure(from: 0, to: 2)).contains(Self.exact(1)))
        #expect(try context.acos(context.enclosure(from: -5, to: 2)).contains(Self.exact(3)))
    }

    @Test(.timeLimit(.minutes(5)))
    func `hostile sizes end soon`() throws {
        let context = Self.context
        let two = try Self.exact(2)
        let huge = try context.power(two, 16_000_000)
        let tiny = try context.quotient(context.pi, huge)
        let almost1 = try Self.exact(#require(Rational(BigInt(10).power(30) + 1, over: BigInt(10).power(30))))
        #expect(Self.failure { try context.power(context.power(context.power(two, 9), 9), 387_420_489) } == "tooLarge")
        #expect(Self.failure { try context.power(two, .max) } == "tooLarge")
        #expect(Self.failure { try context.power(context.pi, .min) } == "tooLarge")
        #expect(Self.failure { try context.product(huge, huge) } == "tooLarge")
        #expect(Self.failure { try context.quotient(tiny, huge) } == "tooLarge")
        #expect(Self.failure { try context.exp(huge) } == "tooLarge")
        #expect(Self.failure { try context.exp(-huge) } == "tooLarge")
        #expect(Self.failure { try context.exp(Self.exact(12_000_000)) } == "tooLarge")
        #expect(Self.failure { try context.sin(huge) } == "tooLarge")
        #expect(Self.failure { try context.cos(Self.exact(-4_294_967_296)) } == "tooLarge")
        #expect(Self.failure { try context.tan(huge) } == "tooLarge")
        #expect(Self.failure { try Self.exact(Rational(BigInt(1) << 17_000_000)) } == "tooLarge")
        #expect(try context.sum(huge, tiny).knownBits > 300)
        #expect(try context.sum(two, tiny).knownBits > 300)
        #expect(try context.power(almost1, .max).contains(Self.exact(1)) == false)
        #expect(try context.power(almost1, .max).knownBits > 200)
        #expect(try context.root(.max, of: huge).knownBits > 300)
        #expect(try context.root(7, of: tiny).knownBits > 300)
        #expect(try context.exp(Self.exact(11_000_000)).knownBits > 300)
        #expect(try context.log(huge).knownBits > 300)
        #expect(try context.sin(Self.exact(4_294_967_295)).knownBits > 300)
        for function in ["sin", "tan", "asin", "atan"] {
            #expect(try context.value(of: function, at: tiny).knownBits > 300)
        }
        #expect(try context.atan(huge).floor == 1)
        #expect(try context.exp(tiny).knownBits > 300)
        #expect(try context.cos(tiny).knownBits > 300)
        #expect(try context.acos(tiny).knownBits > 300)
    }

    @Test func `an error says what failed where`() throws {
        let error = #expect(throws: EnclosureError.self) { try Self.context.asin(Self.exact(2)) }
        #expect(error?.description == "asin has no value at 2.0 (exact): correct the expression.")
    }

    /// The name of the error's case; nil if there is none.
    private static func failure(_ body: () throws -> Enclosure) -> String? {
        do {
            _ = try body()
            return nil
        } catch EnclosureError.undefined {
            return "undefined"
        } catch EnclosureError.undecided {
            return "undecided"
        } catch EnclosureError.tooLarge {
            return "tooLarge"
        } catch {
            return "\(error)"
        }
    }
}
