/// How many solutions were correct, of how many.
public struct PassCount: Hashable, Sendable {
    /// Correct solutions.
    public private(set) var correct: Int
    /// Solutions with a verdict, errors left out.
    public private(set) var trials: Int

    /// Counts solutions.
    ///
    /// - Precondition: there are 0 or more correct ones, and no fewer trials.
    public init(correct: Int = 0, trials: Int = 0) {
        precondition(0 <= correct && correct <= trials, "\(correct) of \(trials) solutions cannot be correct")
        self.correct = correct
        self.trials = trials
    }

    /// The share of correct ones, 0 to 1; nil if there are no trials.
    public var rate: Double? { trials == 0 ? nil : Double(correct) / Double(trials) }

    /// Both counts together.
    public static func + (first: PassCount, second: PassCount) -> PassCount {
        PassCount(correct: first.correct + second.correct, trials: first.trials + second.trials)
    }
}
