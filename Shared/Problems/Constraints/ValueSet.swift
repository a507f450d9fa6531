/// The values that a variable may still have: some of a range of at most 64 integers.
struct ValueSet: Hashable, Sendable {
    /// The range that the values are of.
    let domain: ClosedRange<Int>
    // Bit i is for the i-th value of the domain.
    private var bits: UInt64

    /// No values.
    ///
    /// - Precondition: the domain has at most 64 integers.
    init(noneOf domain: ClosedRange<Int>) {
        precondition(domain.count <= UInt64.bitWidth, "\(domain) has \(domain.count) integers; 64 are the most")
        self.domain = domain
        bits = 0
    }

    /// All values of the domain.
    init(allOf domain: ClosedRange<Int>) {
        self.init(noneOf: domain)
        bits = .max >> (UInt64.bitWidth - domain.count)
    }

    /// How many values there are.
    var count: Int { bits.nonzeroBitCount }
    /// The least value; nil if there is none.
    var least: Int? { bits == 0 ? nil : domain.lowerBound + bits.trailingZeroBitCount }
    /// The greatest value; nil if there is none.
    var greatest: Int? { bits == 0 ? nil : domain.lowerBound + UInt64.bitWidth - 1 - bits.leadingZeroBitCount }
    /// The values, rising.
    var values: [Int] {
        var values: [Int] = []
        values.reserveCapacity(count)
        var rest = bits
        while rest != 0 {
            values.append(domain.lowerBound + rest.trailingZeroBitCount)
            rest &= rest - 1
        }
        return values
    }

    func contains(_ value: Int) -> Bool {
        domain.contains(value) && bits & 1 << (value - domain.lowerBound) != 0
    }

    /// - Precondition: the value is of the domain.
    mutating func insert(_ value: Int) {
        precondition(domain.contains(value), "\(value) is not within \(domain)")
        bits |= 1 << (value - domain.lowerBound)
    }

    func union(_ other: ValueSet) -> ValueSet { with(bits | other.bits) }
    func intersection(_ other: ValueSet) -> ValueSet { with(bits & other.bits) }
    func subtracting(_ other: ValueSet) -> ValueSet { with(bits & ~other.bits) }

    private func with(_ bits: UInt64) -> ValueSet {
        var set = self
        set.bits = bits
        return set
    }
}

extension ValueSet: CustomStringConvertible {
    /// `3..9`, `4,6,8`, `2..4,7`, or `4`.
    var description: String {
        let values = values
        var runs: [ClosedRange<Int>] = []
        for value in values {
            if let run = runs.last, run.upperBound + 1 == value {
                runs[runs.count - 1] = run.lowerBound...value
            } else {
                runs.append(value...value)
            }
        }
        return runs.map { run in
            switch run.count {
            case 1: "\(run.lowerBound)"
            case 2: "\(run.lowerBound),\(run.upperBound)"
            default: text(run)
            }
        }.joined(separator: ",")
    }
}
