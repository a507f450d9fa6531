import Mathematics

/// How far the form of solutions has moved, whatever their answers: a policy may gain accuracy and lose its way of writing, or the
/// other way round.
///
/// Four things are looked at: where the answer stands, how many steps there are, how long the solution is (in classes of half a
/// doubling) and what it begins with. Each gives a distribution, and two of them have a total variation distance: the share of
/// solutions that would have to change for the distributions to be the same, 0 to 1. Equal policies give a distance above 0 too, by
/// chance, about the square root of the number of classes over that of solutions.
///
/// - Source: papers.md section 5 for the idea to track step counts, lengths and openings; the measure is ours.
public struct FormatDrift: Sendable, Equatable {
    /// What has a distribution of its own.
    public enum Aspect: String, Sendable, CaseIterable {
        /// Where the answer stands.
        case answer
        /// Lines that are not empty.
        case steps
        /// Bytes.
        case length
        /// The first word, or that it is a number or a sign.
        case opening
    }

    /// The total variation distance of each aspect.
    public let distances: [Aspect: Double]

    /// Compares solutions with those of before.
    ///
    /// - Precondition: there are some of both.
    public init(from before: [String], to after: [String]) {
        precondition(!before.isEmpty && !after.isEmpty, "the form of no solutions")
        var distances: [Aspect: Double] = [:]
        for aspect in Aspect.allCases {
            distances[aspect] = Self.distance(
                Self.distribution(of: aspect, before), Self.distribution(of: aspect, after))
        }
        self.distances = distances
    }

    /// The aspect that moved most, and how far; the first of the list where several did.
    public var largest: (aspect: Aspect, distance: Double) {
        let ordered = Aspect.allCases.map { ($0, distances[$0] ?? 0) }
        return ordered.reduce(ordered[0]) { $1.1 > $0.1 ? $1 : $0 }
    }

    private static func distribution(of aspect: Aspect, _ solutions: [String]) -> [String: Double] {
        Dictionary(solutions.map { (form($0, aspect), 1) }, uniquingKeysWith: +)
            .mapValues { Double($0) / Double(solutions.count) }
    }

    private static func form(_ solution: String, _ aspect: Aspect) -> String {
        switch aspect {
        case .answer: return AnswerPlace(in: solution).rawValue
        case .steps:
            return "\(solution.split(whereSeparator: \.isNewline).count { !$0.allSatisfy(\.isWhitespace) })"
        case .length:
            // Twice the binary logarithm, in integers: 2^k, then 3 · 2^(k-1).
            let length = solution.utf8.count + 1
            let power = Int.bitWidth - 1 - length.leadingZeroBitCount
            return "\(2 * power + (power > 0 && length >= 3 << (power - 1) ? 1 : 0))"
        case .opening:
            let start = solution.drop { $0.isWhitespace }
            let word = start.prefix { $0.isLetter }.lowercased()
            if !word.isEmpty { return word }
            return start.first.map { $0.isNumber ? "0" : "\($0)" } ?? ""
        }
    }

    private static func distance(_ left: [String: Double], _ right: [String: Double]) -> Double {
        Set(left.keys).union(right.keys).sorted().reduce(0) { $0 + abs((left[$1] ?? 0) - (right[$1] ?? 0)) } / 2
    }
}
