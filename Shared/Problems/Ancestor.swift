/// A problem that another one was evolved from, and how.
public struct Ancestor: Hashable, Sendable {
    /// What the problem was. Of a word problem on a graph its structure and numbers, without its words: `q0=12; q1=q0 more 5; ask q1`. Of
    /// free text the question.
    public let key: String
    /// The strategy that made the next problem of it, as the family's dials name it: `more-complex`.
    public let strategy: String

    /// Puts an ancestor together.
    public init(key: String, strategy: String) {
        self.key = key
        self.strategy = strategy
    }
}
