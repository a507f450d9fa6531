/// A directed edge between two nodes, which are named by numbers.
public struct GraphEdge: Hashable, Sendable, CustomStringConvertible {
    /// Where it begins.
    public let from: Int
    /// Where it ends.
    public let to: Int

    init(from: Int, to: Int) { (self.from, self.to) = (from, to) }

    /// Takes an edge off a line; nil if none is next.
    init?(_ scanner: inout LineScanner) {
        guard let from = scanner.integer(), scanner.take(">"), let to = scanner.integer() else { return nil }
        self.init(from: from, to: to)
    }

    /// `3>7`.
    public var description: String { "\(from)>\(to)" }
}
