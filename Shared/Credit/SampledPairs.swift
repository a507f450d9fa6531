internal import Basics

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Pairs in the exact form of the theorem: two steps that the policy took after the same prefix, of which each is the chosen one with the probability
/// sigma(A+ - A-).
///
/// Both steps have the prefix's value for a baseline, so their advantages differ as their values do. The value of a step is the share of correct ones
/// among the continuations that begin with it: exact as their number grows, and the label noisier than the theorem's until then.
///
/// - Source: papers.md section 1.5 (Theorem 6.1 of arXiv 2406.14532).
public enum SampledPairs {
    /// One continuation of a prefix, as it was sampled.
    public struct Continuation: Sendable, Hashable {
        /// The tokens of its first step.
        public let step: [Int32]
        /// Whether it ended in the right answer.
        public let isCorrect: Bool

        /// Names a continuation.
        public init(step: [Int32], isCorrect: Bool) {
            self.step = step
            self.isCorrect = isCorrect
        }
    }

    /// Draws pairs after one prefix: both steps independently from the continuations. Draws of equal steps give no pair, and of equal values are kept: half of
    /// them are labelled each way.
    ///
    /// - Parameters:
    ///   - prefix: the tokens after the prompt that the continuations go on from.
    ///   - draws: how often two steps are drawn.
    ///   - name: what is drawn follows from the seed and this name, which is unique to the prefix.
    public static func pairs(
        after prefix: [Int32], continuations: [Continuation], draws: Int, seed: UInt64, name: String
    ) -> [PreferencePair] {
        guard continuations.count > 1 else { return [] }
        let values = Dictionary(grouping: continuations, by: \.step).mapValues { all in
            Double(all.count { $0.isCorrect }) / Double(all.count)
        }
        var generator = SeededGenerator(seed: seed, name: "sampled-pairs/\(name)")
        return (0..<draws).compactMap { _ in
            let (first, second) = (
                continuations[Int.random(in: continuations.indices, using: &generator)].step,
                continuations[Int.random(in: continuations.indices, using: &generator)].step
            )
            let draw = Double.random(in: 0..<1, using: &generator)
            guard first != second, let left = values[first], let right = values[second] else { return nil }
            let isFirstChosen = draw < 1 / (1 + exp(right - left))
            return PreferencePair(
                context: prefix, chosen: isFirstChosen ? first : second, rejected: isFirstChosen ? second : first)
        }
    }
}
