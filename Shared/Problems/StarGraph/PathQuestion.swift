import Basics

/// A directed graph, and two of its nodes between which a path is asked for.
public struct PathQuestion: Hashable, Sendable {
    /// The edges, in the order in which they are told; at least one.
    public let edges: [GraphEdge]
    /// Where the path begins.
    public let start: Int
    /// Where it ends.
    public let goal: Int

    /// The most edges that a question may have.
    public static let mostEdges = 4_096

    /// Puts a question together; it is not checked that there is a path.
    init(edges: [GraphEdge], start: Int, goal: Int) { (self.edges, self.start, self.goal) = (edges, start, goal) }

    /// Reads a question, `3>7 7>12 3>5 | 3 12`; nil if it is none, or has too many edges.
    public init?(_ text: some StringProtocol) {
        var scanner = LineScanner(Array(text.utf8)[...])
        var edges: [GraphEdge] = []
        while !scanner.take("|") {
            guard edges.count < Self.mostEdges, let edge = GraphEdge(&scanner) else { return nil }
            edges.append(edge)
        }
        guard !edges.isEmpty, let start = scanner.integer(), let goal = scanner.integer(), scanner.isAtEnd else {
            return nil
        }
        self.init(edges: edges, start: start, goal: goal)
    }

    /// The question as text.
    var text: String { "\(edges.map(\.description).joined(separator: " ")) | \(start) \(goal)" }

    /// The split that the question belongs to, whatever the seed, the dials and the order of the edges: a quarter are in the
    /// test split. Changing this moves problems that a policy was trained on into its test.
    var split: ProblemSplit {
        let ordered = edges.sorted { ($0.from, $0.to) < ($1.from, $1.to) }
        var hash = SeededGenerator(
            seed: 0, name: "star-graph/\(PathQuestion(edges: ordered, start: start, goal: goal).text)")
        return hash.next() % 4 == 0 ? .test : .train
    }
}
