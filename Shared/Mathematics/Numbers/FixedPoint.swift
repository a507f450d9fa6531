import BigInt

/// A number that is not negative, as whole words before and after the binary point.
///
/// What the series are summed in: on numbers of a few words, which all have the same length, these loops are several
/// times as fast as BigInt's. Every operation rounds down, by less than a unit of the last word.
struct FixedPoint {
    /// Little-endian; all but the last are the fraction, the last is the integer.
    private var words: [UInt]

    private init(words: [UInt]) {
        self.words = words
    }

    /// The integer.
    init(_ integer: UInt, fractionWords: Int) {
        words = Array(repeating: 0, count: fractionWords + 1)
        words[fractionWords] = integer
    }

    /// units · 2^-scale, which is less than a word.
    init(_ units: BigUInt, scale: Int, fractionWords: Int) {
        words = Array(units.shifted(fractionWords * UInt.bitWidth - scale).words)
        words += repeatElement(0, count: max(0, fractionWords + 1 - words.count))
    }

    /// The number in units of 2^-scale.
    func units(scale: Int) -> BigUInt {
        BigUInt(words: words).shifted(scale - (words.count - 1) * UInt.bitWidth)
    }

    var isZero: Bool { words.allSatisfy { $0 == 0 } }

    /// The product; its integer is less than a word, too.
    static func * (left: FixedPoint, right: FixedPoint) -> FixedPoint {
        let count = left.words.count
        var words = [UInt](repeating: 0, count: count)
        // Column by column: the sum of the products of all words whose places add to the column's. As many columns are
        // cut off as there are fraction words in one factor.
        var (sum, overflow): (UInt128, UInt128) = (0, 0)
        for column in 0..<(2 * count - 1) {
            for i in max(0, column - count + 1)...min(column, count - 1) {
                let product = UInt128(left.words[i]) &* UInt128(right.words[column - i])
                let total = sum.addingReportingOverflow(product)
                sum = total.partialValue
                if total.overflow { overflow &+= 1 }
            }
            if column >= count - 1 { words[column - count + 1] = UInt(truncatingIfNeeded: sum) }
            sum = sum >> 64 | overflow << 64
            overflow = 0
        }
        return FixedPoint(words: words)
    }

    static func += (left: inout FixedPoint, right: FixedPoint) {
        var carry = false
        for i in left.words.indices {
            let first = left.words[i].addingReportingOverflow(right.words[i])
            let second = first.partialValue.addingReportingOverflow(carry ? 1 : 0)
            left.words[i] = second.partialValue
            carry = first.overflow || second.overflow
        }
    }

    /// The right number is not above the left one.
    static func -= (left: inout FixedPoint, right: FixedPoint) {
        var borrow = false
        for i in left.words.indices {
            let first = left.words[i].subtractingReportingOverflow(right.words[i])
            let second = first.partialValue.subtractingReportingOverflow(borrow ? 1 : 0)
            left.words[i] = second.partialValue
            borrow = first.overflow || second.overflow
        }
    }

    static func /= (number: inout FixedPoint, divisor: UInt) {
        var remainder: UInt = 0
        for i in number.words.indices.reversed() {
            let part = UInt128(remainder) << 64 | UInt128(number.words[i])
            let (quotient, rest) = part.quotientAndRemainder(dividingBy: UInt128(divisor))
            number.words[i] = UInt(truncatingIfNeeded: quotient)
            remainder = UInt(truncatingIfNeeded: rest)
        }
    }

    static func / (number: FixedPoint, divisor: UInt) -> FixedPoint {
        var quotient = number
        quotient /= divisor
        return quotient
    }
}
