import Mathematics

extension Rational {
    /// The most digits of a decimal that is read or written.
    static let mostDecimalDigits = 15

    /// The number as a finite decimal, `-0.25`; nil if it is none, or has more than `mostDecimalDigits` digits.
    var decimal: String? {
        var (scaled, places) = (magnitude, 0)
        while !scaled.isInteger {
            guard places < Self.mostDecimalDigits else { return nil }
            scaled *= 10
            places += 1
        }
        var digits = "\(scaled)"
        if digits.count <= places { digits = String(repeating: "0", count: places + 1 - digits.count) + digits }
        guard digits.count <= Self.mostDecimalDigits else { return nil }
        if places > 0 { digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -places)) }
        return (sign < 0 ? "-" : "") + digits
    }

    /// Reads an unsigned decimal, `12` or `0.25`; nil if it is none, or has more than `mostDecimalDigits` digits.
    init?(decimal text: some StringProtocol) {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let digits = parts.joined()
        guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }),
            digits.allSatisfy({ (0x30...0x39).contains($0) }), digits.count <= Self.mostDecimalDigits
        else { return nil }
        let scale = parts.count == 2 ? parts[1].reduce(1) { power, _ in power * 10 } : 1
        self.init(digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }, over: scale)
    }

    /// The number rounded to some digits after the point, halves away from zero.
    ///
    /// - Parameter digits: 0 to 9.
    func rounded(toDigits digits: Int) -> Rational {
        let scale = Rational((0..<digits).reduce(1) { power, _ in power * 10 })
        // The floor of x + 1/2 is that of (2x + 1) / 2.
        let doubled = magnitude * scale * 2 + 1
        let rounded = (doubled.dividing(by: 2) ?? doubled).floor
        return (sign < 0 ? -rounded : rounded).dividing(by: scale) ?? self
    }
}
