import Problems
import Wire

/// The pass rates that a stage has counted so far, as its decision points carry them on.
struct RoundCurriculum {
    private var curriculum: Curriculum

    /// Takes up what the decision point brings from the one before it.
    init(_ point: DecisionPoint) {
        curriculum = Curriculum(
            point.passRates.map { ($0.level, Curriculum.PassRate(correct: $0.correct, rollouts: $0.rollouts)) })
    }

    /// Counts a round that is over.
    ///
    /// - Parameter orders: how its orders ended, each with its problems' outcomes.
    /// - Throws: `WireError` if that cannot be read.
    mutating func add(_ orders: [Member]) throws {
        var round: [String: Curriculum.PassRate] = [:]
        for order in orders where order.end == .result {
            for problem in try Members(decoding: order.result).members where problem.end == .result {
                let outcome = try Outcome(decoding: problem.result)
                // An error says nothing of the policy.
                round[outcome.level, default: Curriculum.PassRate()].correct += Double(outcome.correct)
                round[outcome.level, default: Curriculum.PassRate()].rollouts += Double(
                    outcome.correct + outcome.incorrect + outcome.noAnswer)
            }
        }
        curriculum.add(round)
    }

    /// For the next decision point and its orders, by level.
    var passRates: [PassRate] {
        curriculum.passRates.sorted { $0.key < $1.key }.map {
            PassRate(level: $0.key, correct: $0.value.correct, rollouts: $0.value.rollouts)
        }
    }

    /// For people, a line for each level: how much of it is solved, and how often it is drawn.
    var lines: [String] {
        passRates.map { rate in
            let weight = (curriculum.weight(of: rate.level) * 100).rounded() / 100
            return "\(rate.level): \(Int(rate.correct)) of \(Int(rate.rollouts)) rollouts correct, weight \(weight)"
        }
    }
}
