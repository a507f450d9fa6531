/// A problem that another one was evolved from, and how.
public struct Ancestor: Hashable, Sendable {
    /// The structure and the numbers of the problem, without its words: `q0=12; q1=q0 more 5; ask q1`.
    public let key: String
    /// The strategy that made the next problem of it, as the family's dials name it: `more-complex`.
    public let strategy: String

    /// Puts an ancestor together.
    public init(key: String, strategy: String) {
        self.key = key
        self.strategy = strategy
    }
}
