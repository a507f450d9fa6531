import Problems
import Wire

/// The pass rates that a stage has counted so far, and the level that it has come to, as its decision points carry them on.
struct RoundCurriculum {
    private var curriculum: Curriculum
    private let levels: [[String: String]]
    /// The family's level, from 0, that is drawn next.
    private(set) var difficulty: Int

    /// Takes up what the decision point brings from the one before it.
    ///
    /// - Parameter levels: the family's dials from easy to hard; empty if it has no levels.
    init(_ point: DecisionPoint, levels: [[String: String]] = []) {
        curriculum = Curriculum(
            point.passRates.map { ($0.level, Curriculum.PassRate(correct: $0.correct, rollouts: $0.rollouts)) })
        self.levels = levels
        difficulty = min(point.difficulty, max(0, levels.count - 1))
    }

    /// Counts a round that is over, and moves to another level if its pass rate was out of the band.
    ///
    /// - Parameter orders: how its orders ended, each with its problems' outcomes.
    /// - Throws: `WireError` if that cannot be read.
    mutating func add(_ orders: [Member]) throws {
        var round: [String: Curriculum.PassRate] = [:]
        var whole = PassCount()
        for order in orders where order.end == .result {
            for problem in try Members(decoding: order.result).members where problem.end == .result {
                let outcome = try Outcome(decoding: problem.result)
                // An error says nothing of the policy.
                let trials = outcome.correct + outcome.incorrect + outcome.noAnswer
                round[outcome.level, default: Curriculum.PassRate()].correct += Double(outcome.correct)
                round[outcome.level, default: Curriculum.PassRate()].rollouts += Double(trials)
                whole = whole + PassCount(correct: outcome.correct, trials: trials)
            }
        }
        curriculum.add(round)
        guard !levels.isEmpty else { return }
        // All problems of a round are of one level, so a round is the group that decides.
        var controller = try DifficultyController(levels: levels.count, startingAt: difficulty, groupSize: 1)
        controller.record(whole, at: difficulty)
        difficulty = controller.level
    }

    /// For the next decision point, by number of steps.
    var passRates: [PassRate] {
        curriculum.passRates.sorted { $0.key < $1.key }.map {
            PassRate(level: $0.key, correct: $0.value.correct, rollouts: $0.value.rollouts)
        }
    }

    /// For the orders: none where the family's levels decide.
    var orderPassRates: [PassRate] { levels.isEmpty ? passRates : [] }

    /// The dials of the level; empty if the family has no levels.
    var dials: [String: String] { levels.isEmpty ? [:] : levels[difficulty] }

    /// For people: how much of each number of steps is solved and how often it is drawn, or which level comes next.
    var lines: [String] {
        let counts = passRates.map { rate in
            let weight = (curriculum.weight(of: rate.level) * 100).rounded() / 100
            return "\(rate.level): \(Int(rate.correct)) of \(Int(rate.rollouts)) rollouts correct"
                + (levels.isEmpty ? ", weight \(weight)" : "")
        }
        guard !levels.isEmpty else { return counts }
        let dials = dials.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        return counts + ["difficulty \(difficulty + 1) of \(levels.count) comes next: \(dials)"]
    }
}
