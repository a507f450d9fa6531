/// A chosen and a rejected continuation of one context, in tokens: experience for a preference objective.
public struct PreferencePair: Hashable, Sendable {
    /// Tokens after the prompt that both arms share; they are no targets. Empty if the arms start at the prompt.
    public let context: [Int32]
    /// The continuation to make likelier; not empty.
    public let chosen: [Int32]
    /// The continuation to make less likely; not empty, not equal to `chosen`.
    public let rejected: [Int32]

    /// Puts a pair together.
    public init(context: [Int32], chosen: [Int32], rejected: [Int32]) {
        self.context = context
        self.chosen = chosen
        self.rejected = rejected
    }
}

extension Array where Element == PreferencePair {
    /// The pairs of one problem without repeats: of those that reject the same tokens after the same context the first
    /// is kept.
    ///
    /// Many incorrect rollouts of a problem fall into the same pit; without this the pit would weigh by how many.
    public func withoutRepeatedPits() -> [PreferencePair] {
        var seen: Set<[[Int32]]> = []
        return filter { seen.insert([$0.context, $0.rejected]).inserted }
    }
}
