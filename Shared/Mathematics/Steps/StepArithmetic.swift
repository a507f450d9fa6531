/// The arithmetic that a solution's steps write out, recomputed.
///
/// Two forms are looked at: annotations, `<<48/2=24>>`, and equations in the text, `48 / 2 = 24`. What cannot be read as numbers
/// and signs is passed over; it is not a mistake. A result may be rounded where it is written with a point, and of annotations
/// any result may be off by less than 1/1000.
///
/// - Source: the check of annotations and its tolerance are those of RFT (papers.md section 2.2).
public struct StepArithmetic: Hashable, Sendable {
    /// An equation that does not hold.
    public struct Mistake: Hashable, Sendable {
        /// Its step, the first being 1.
        public let step: Int
        /// The equation as it was written.
        public let equation: String
        /// What its left side comes to.
        public let value: String
    }

    /// The first equation that does not hold; nil if all hold.
    public private(set) var firstMistake: Mistake?
    /// How many equations were recomputed.
    public private(set) var equationCount = 0

    /// Recomputes a solution, one step a line, as far as it has the bounds of one grading: lines beyond 4,096 bytes are passed over, and what
    /// follows after 1,000 signs of equality or the steps of a grading is not looked at.
    public init(_ solution: some StringProtocol) {
        var work = Work()
        var signs = 0
        for (index, line) in solution.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard line.utf8.count <= Limits.equationLineBytes else { continue }
            signs += line.utf8.count { $0 == UInt8(ascii: "=") }
            guard signs <= Limits.equations else { return }
            let equations = Self.annotations(in: line) + Self.equations(in: Array(Self.withoutAnnotations(line).utf8))
            for equation in equations {
                guard let (value, holds) = equation.checked(&work) else { continue }
                equationCount += 1
                if !holds, firstMistake == nil {
                    firstMistake = Mistake(step: index + 1, equation: equation.text, value: value.description)
                }
            }
        }
    }

    /// Two sides of an equation.
    struct Equation {
        let left: String
        let right: String
        let isAnnotation: Bool

        var text: String { "\(left)=\(right)" }

        /// What the left side comes to, and whether the right side says so; nil if a side cannot be read.
        func checked(_ work: inout Work) -> (value: Rational, holds: Bool)? {
            guard let (value, _) = Self.value(left, &work), let (written, decimals) = Self.value(right, &work) else {
                return nil
            }
            let difference = (value - written).magnitude
            // `100 - 60 = 40%` says percent of what is no share.
            if difference.sign == 0 || value == written * 100 { return (value, true) }
            if isAnnotation, Self.areClose(value, written) { return (value, true) }
            guard let decimals, let unit = Rational(10).power(-decimals, bitLimit: Limits.bits) else {
                return (value, false)
            }
            // Rounded or cut off at the last digit.
            return (value, difference < unit)
        }

        /// Whether the sides differ by less than 1/1000; false if one cannot be read.
        var isClose: Bool {
            var work = Work()
            guard let (value, _) = Self.value(left, &work), let (written, _) = Self.value(right, &work) else {
                return false
            }
            return Self.areClose(value, written)
        }

        private static func areClose(_ value: Rational, _ written: Rational) -> Bool {
            (value - written).magnitude < (Rational(1_000).reciprocal ?? 0)
        }

        private static func value(_ text: String, _ work: inout Work) -> (Rational, decimals: Int?)? {
            guard let answer = try? Answer(reading: text), case .value(let quantity) = answer else { return nil }
            var normalizer = Normalizer(work: work)
            defer { work = normalizer.work }
            guard let value = try? normalizer.form(of: quantity.expression).constant else { return nil }
            guard quantity.unit?.kind == .percent else { return (value, quantity.decimals) }
            return (value * (Rational(100).reciprocal ?? 0), quantity.decimals.map { $0 + 2 })
        }
    }

    // MARK: Finding equations

    /// The annotations of a text, in their order.
    ///
    /// - Returns: for each what stands between `<<` and `>>`, and whether it is an equation that is off by less than 1/1000, which is RFT's
    ///   check: a rounded result counts as wrong there.
    public static func annotations(of text: some StringProtocol) -> [(text: String, holds: Bool)] {
        var annotations: [(String, Bool)] = []
        var rest = Substring(text)
        while let begin = rest.firstRange(of: "<<"), let end = rest[begin.upperBound...].firstRange(of: ">>") {
            let whole = rest[begin.lowerBound..<end.upperBound]
            let equations = Self.annotations(in: whole)
            annotations.append(
                (String(whole.dropFirst(2).dropLast(2)), !equations.isEmpty && equations.allSatisfy(\.isClose)))
            rest = rest[end.upperBound...]
        }
        return annotations
    }

    private static func annotations(in line: some StringProtocol) -> [Equation] {
        var equations: [Equation] = []
        var rest = Substring(line)
        while let begin = rest.firstRange(of: "<<"), let end = rest[begin.upperBound...].firstRange(of: ">>") {
            let sides = rest[begin.upperBound..<end.lowerBound].split(separator: "=", omittingEmptySubsequences: false)
            for (left, right) in zip(sides, sides.dropFirst()) {
                equations.append(Equation(left: String(left), right: String(right), isAnnotation: true))
            }
            rest = rest[end.upperBound...]
        }
        return equations
    }

    private static func withoutAnnotations(_ line: some StringProtocol) -> String {
        var (kept, rest) = ("", Substring(line))
        while let begin = rest.firstRange(of: "<<"), let end = rest[begin.upperBound...].firstRange(of: ">>") {
            kept += rest[..<begin.lowerBound]
            rest = rest[end.upperBound...]
        }
        return kept + rest
    }

    private static func equations(in line: [UInt8]) -> [Equation] {
        var equations: [Equation] = []
        for (place, byte) in line.enumerated() where byte == UInt8(ascii: "=") {
            guard let left = calculation(before: place, in: line), let right = arithmetic(line[(place + 1)...]) else {
                continue
            }
            equations.append(Equation(left: left, right: right, isAnnotation: false))
        }
        return equations
    }

    /// The digits, signs and brackets from the sign of equality on, up to anything else; nil if there are none.
    private static func arithmetic(_ bytes: some Sequence<UInt8>) -> String? {
        var text: [UInt8] = []
        for byte in bytes {
            guard Ascii.isDigit(byte) || " .,+-*/()$%".utf8.contains(byte), text.count < 200 else { break }
            text.append(byte)
        }
        let trimmed = String(decoding: text, as: UTF8.self).trimmed
        return trimmed.contains(where: \.isNumber) ? trimmed : nil
    }

    /// The calculation that ends at a place; nil if there is none, or if it may have begun before what can be read, as in `30 boys x
    /// 1/2`.
    private static func calculation(before place: Int, in line: [UInt8]) -> String? {
        // Blanks before the sign are no part of the calculation, whose length counts below.
        let line = line[..<((line[..<place].lastIndex { !Ascii.isSpace($0) } ?? -1) + 1)]
        guard let text = arithmetic(line.reversed()) else { return nil }
        let left = String(text.reversed())
        let signs = left.dropFirst().contains { "+-*/".contains($0) }
        guard signs, left.last?.isNumber == true || left.last == ")" || left.last == "%", let first = left.first,
            first.isNumber || "($.,".contains(first)
        else { return nil }
        var before = line.dropLast(text.utf8.count)
        while let last = before.last, Ascii.isSpace(last) || ".,$(".utf8.contains(last) || last == UInt8(ascii: "=") {
            // What stands behind an equals sign is a side of its own.
            if last == UInt8(ascii: "=") { return left }
            before.removeLast()
        }
        let word = String(decoding: before.reversed().prefix { Ascii.isLetter($0) }.reversed(), as: UTF8.self)
        guard before.isEmpty || !word.isEmpty || before.last == UInt8(ascii: ":") else { return nil }
        return ["x", "X", "of", "times", "by", "plus", "minus"].contains(word) ? nil : left
    }
}
