/// What several repetitions of one measurement gave.
public struct Spread: Sendable, Equatable {
    /// The middle value; the mean of the two middle ones of an even number.
    public let median: Double
    /// The smallest value.
    public let minimum: Double
    /// The largest value.
    public let maximum: Double

    /// Sums up the repetitions; there is at least one.
    public init(_ values: [Double]) {
        precondition(!values.isEmpty, "a spread of no repetitions")
        let sorted = values.sorted()
        median = (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
        minimum = sorted[0]
        maximum = sorted[sorted.count - 1]
    }

    /// The three values, for programs.
    var json: JSONValue {
        .object([
            .init("median", .real(median)), .init("min", .real(minimum)), .init("max", .real(maximum)),
        ])
    }

    /// The three values as whole numbers, for people.
    var text: String { "\(median.whole) (\(minimum.whole) to \(maximum.whole))" }
}
