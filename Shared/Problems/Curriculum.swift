public import Basics

/// Keeps problems at the edge of what the policy can do: those of levels that it always or never solves are drawn less often.
///
/// The weight of a level is 4p(1-p), the spread of a verdict of probability p as a share of the largest there is, because a group
/// whose rollouts are all graded alike teaches nothing; it is at least 1/20, so that a level is never given up. Both are ours.
public struct Curriculum: Sendable, Equatable {
    /// How the policy did on the problems of a level.
    public struct PassRate: Sendable, Equatable {
        /// Correct rollouts.
        public var correct: Double
        /// Graded rollouts.
        public var rollouts: Double

        /// Counts rollouts.
        public init(correct: Double = 0, rollouts: Double = 0) {
            self.correct = correct
            self.rollouts = rollouts
        }

        /// The share of correct ones, with one of either kind added: an unknown level is at the edge.
        public var share: Double { (correct + 1) / (rollouts + 2) }
    }

    /// The pass rates by level.
    public private(set) var passRates: [String: PassRate]

    /// Draws by these pass rates.
    ///
    /// - Parameter passRates: by level; of a level that comes twice the first one counts.
    public init(_ passRates: [(level: String, rate: PassRate)] = []) {
        self.passRates = Dictionary(passRates.map { ($0.level, $0.rate) }, uniquingKeysWith: { first, _ in first })
    }

    /// Takes in a round's rollouts, after those of earlier rounds are halved, for the policy has changed since.
    public mutating func add(_ round: [String: PassRate]) {
        passRates = passRates.mapValues { PassRate(correct: $0.correct / 2, rollouts: $0.rollouts / 2) }
        passRates.merge(round) { PassRate(correct: $0.correct + $1.correct, rollouts: $0.rollouts + $1.rollouts) }
    }

    /// How often a problem of a level is taken when it is drawn: 1 at a pass rate of one half, at least 1/20.
    public func weight(of level: String) -> Double {
        let share = (passRates[level] ?? PassRate()).share
        return max(Self.leastWeight, 4 * share * (1 - share))
    }

    /// Draws whether a problem of a level is taken, with its weight as the chance.
    public func takes(_ level: String, _ generator: inout SeededGenerator) -> Bool {
        Double.random(in: 0..<1, using: &generator) < weight(of: level)
    }

    private static let leastWeight = 0.05
}

extension Problem {
    /// How hard the problem is, as far as its source tells: the number of steps of the reference solution. Pass rates are counted by it.
    public var level: String {
        guard let referenceSolution else { return "unknown" }
        let steps = referenceSolution.split(whereSeparator: \.isNewline).count { !$0.hasPrefix("####") }
        return steps == 1 ? "1 step" : "\(steps) steps"
    }
}
