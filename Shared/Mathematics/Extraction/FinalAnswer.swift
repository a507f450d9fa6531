/// The integer that a solution states on its last `####` line, of any length, in one normal form.
///
/// The normal form has no sign unless the number is negative, no leading zeros and no separators, so that equality of
/// the text is equality of the numbers: `+007`, `7` and `007` are one answer, and so are `-0` and `0`.
public struct FinalAnswer: Hashable, Sendable, CustomStringConvertible {
    /// The normal form: ASCII digits, after a `-` if the number is negative.
    public let text: String

    /// The normal form.
    public var description: String { text }

    /// Reads one integer: spaces around it, an optional `+` or `-`, then ASCII digits, bare (`1200`) or in groups of
    /// three (`1,200`).
    ///
    /// Anything else is no answer, and the initialiser returns nil: a decimal point, a unit, a second number, digits
    /// of another script, a misplaced comma. Being strict costs a policy a rollout; being lenient would reward a guess
    /// at what it meant. Takes time linear in the length.
    public init?(parsing text: some StringProtocol) {
        self.init(bytes: Array(text.utf8)[...])
    }

    /// Takes the answer from the last line of `solution` that begins with `####`; nil if there is no such line, or if
    /// what follows the marks on that line is not an integer.
    ///
    /// An earlier `####` line never stands in for a last one that cannot be read. Lines after it are ignored.
    public static func extract(from solution: some StringProtocol) -> FinalAnswer? {
        let bytes = Array(solution.utf8)
        var lineEnd = bytes.endIndex
        while true {
            let newline = bytes[..<lineEnd].lastIndex(of: UInt8(ascii: "\n"))
            let line = bytes[(newline.map { $0 + 1 } ?? 0)..<lineEnd]
            if line.starts(with: marker) { return FinalAnswer(bytes: line.dropFirst(marker.count)) }
            guard let newline else { return nil }
            lineEnd = newline
        }
    }

    private static let marker = Array("####".utf8)

    init?(bytes: ArraySlice<UInt8>) {
        var rest = bytes.drop(while: Self.isSpace)
        while let last = rest.last, Self.isSpace(last) { rest.removeLast() }

        let sign = rest.first
        let isNegative = sign == UInt8(ascii: "-")
        if isNegative || sign == UInt8(ascii: "+") { rest.removeFirst() }

        guard let digits = Self.digits(of: rest) else { return nil }
        let significant = digits.drop { $0 == UInt8(ascii: "0") }
        if significant.isEmpty {
            text = "0"
        } else {
            text = (isNegative ? "-" : "") + String(decoding: significant, as: UTF8.self)
        }
    }

    /// The digits without their commas, or nil if there are none, or anything else, or commas that do not part groups
    /// of three counted from the right.
    private static func digits(of bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        let groups = bytes.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        guard groups.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) }) else { return nil }
        guard groups.count > 1 else { return groups.first }
        guard groups[0].count <= 3, groups.dropFirst().allSatisfy({ $0.count == 3 }) else { return nil }
        return ArraySlice(groups.joined())
    }

    static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
    }
}
