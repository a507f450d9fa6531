/// How hard the problems of `ArithmeticFamily` are, and how they are told.
///
/// The defaults are what a byte-level policy of 0.8 million parameters learns in minutes.
public struct ArithmeticDials: Hashable, Sendable {
    /// How a question is told.
    public enum Style: String, Sendable, CaseIterable {
        /// `7; +5; *2`: a start, then each operation on the result so far, so that no rule of precedence is needed.
        case symbols
        /// A story of one or two short sentences.
        case words
        /// Half of the problems in symbols, half in words.
        case mixed
    }

    /// Number of steps before the answer line, each as likely; 1 to 32.
    public var steps = 2...4
    /// Range of the start and of every operand; 0 to 100,000.
    public var operands = 1...9
    /// Range of the running value, the start and the answer included; -100,000 to 100,000.
    public var values = 0...99
    /// How questions are told.
    public var style = Style.mixed
    /// Operations to choose from, each as likely wherever it keeps the running value in its range; not empty.
    public var operations = ArithmeticOperation.allCases

    /// The default dials.
    public init() {}

    /// Checks the limits stated with each dial, and that wherever the running value may be there is a next step.
    func validate() throws(ProblemsError) {
        try DialText.check(steps, named: "steps", within: 1...32)
        try DialText.check(operands, named: "operands", within: 0...100_000)
        try DialText.check(values, named: "values", within: -100_000...100_000)
        guard !operations.isEmpty else {
            throw ProblemsError(.impossibleDials, "There must be at least one operation; got none. Set operations.")
        }
        guard operands.overlaps(values) else {
            throw ProblemsError(
                .impossibleDials,
                "A start must be both an operand and a value; got operands \(text(operands)) and values "
                    + "\(text(values)). Let the ranges overlap.")
        }
        let deadEnd = values.first { value in
            !operations.contains { $0.operands(within: operands, taking: value, into: values) != nil }
        }
        if let deadEnd {
            throw ProblemsError(
                .impossibleDials,
                "Every running value must have a next step; \(deadEnd) has none with operands \(text(operands)), "
                    + "values \(text(values)) and operations \(String(operations.map(\.rawValue))). "
                    + "Widen the values, allow smaller operands or add an operation.")
        }
    }
}
