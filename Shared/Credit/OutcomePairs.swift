internal import Basics

/// Pairs of whole solutions by their outcomes alone: the controls that per-step pairs are compared with.
public enum OutcomePairs: String, Sendable, CaseIterable {
    /// Each incorrect rollout against a correct one that is drawn at random.
    ///
    /// - Source: papers.md section 1.2, stage 3.
    case random
    /// Each correct rollout against the incorrect one that is farthest from it by edit distance, each incorrect one once.
    ///
    /// - Source: papers.md section 1.2, stage 3b; the rule is Self-Explore's for GSM8K, section 1.3.
    case farthest

    /// Places in the two lists, a pair each.
    ///
    /// - Parameters:
    ///   - correct: the texts of correct rollouts, none twice.
    ///   - incorrect: likewise of incorrect ones.
    ///   - limit: the most pairs.
    ///   - seed: what is drawn follows from it and from `problem`.
    public func pairs(
        correct: [String], incorrect: [String], limit: Int, seed: UInt64, problem: String
    ) -> [(correct: Int, incorrect: Int)] {
        guard !correct.isEmpty, !incorrect.isEmpty else { return [] }
        switch self {
        case .random:
            var generator = SeededGenerator(seed: seed, name: "outcome-pairs/\(problem)")
            return incorrect.indices.shuffled(using: &generator).prefix(limit).map {
                (Int.random(in: correct.indices, using: &generator), $0)
            }
        case .farthest:
            var left = Array(incorrect.indices)
            return correct.indices.prefix(limit).compactMap { place in
                let distances = left.map { EditDistance.between(correct[place], incorrect[$0]) }
                guard let largest = distances.max(), let found = distances.firstIndex(of: largest) else { return nil }
                return (place, left.remove(at: found))
            }
        }
    }
}
