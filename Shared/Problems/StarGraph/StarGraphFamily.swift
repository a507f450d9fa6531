import Basics

/// The path-star graph: a centre with some branches of equal length; the path from the centre to the end of one of them is
/// asked for.
///
/// `3>7 9>4 7>12 3>9 | 3 12` is solved by `3>7`, `7>12`, `#### 12`, a line each. Edges are told in any order. Every step but the
/// first follows from the one before it, so a policy learns all of them but the one that matters: which branch to enter.
///
/// The graph, its start and its goal decide between `train` and `test`. `range-shift` has larger labels than both, `form-shift`
/// another number of branches, or longer or shorter ones.
///
/// - Source: papers.md section 1.7 (Bachmann and Nagarajan 2024).
public struct StarGraphFamily: ProblemFamily {
    /// `star-graph`.
    public static let name = "star-graph"

    /// How large the graphs are.
    public let dials: StarGraphDials

    /// Makes a family with these dials.
    ///
    /// - Throws: `ProblemsError` with `impossibleDials` if a dial is out of its limits.
    public init(dials: StarGraphDials) throws(ProblemsError) {
        _ = try dials.settled(for: .train)
        self.dials = dials
    }

    /// Reads dials as a recipe writes them: `branches`, `length` and `labels` as `2..3`, also with `shifted-` before them.
    ///
    /// - Throws: `ProblemsError` if a dial is unknown or unreadable, and as `init(dials:)` does.
    public init(dials: [String: String]) throws(ProblemsError) {
        try self.init(dials: StarGraphDials(parsing: dials))
    }

    /// Makes a problem: a pure function of the dials and the arguments.
    public func problem(seed: UInt64, index: UInt64, split: ProblemSplit) -> Problem {
        guard let dials = try? dials.settled(for: split) else {
            preconditionFailure("no \(split.rawValue) problem can be made with \(dials)")
        }
        var generator = SeededGenerator(seed: seed, name: "\(Self.name)/\(split.rawValue)/\(index)")
        // What the splits must agree in is drawn before the labels, and only the labels are drawn again.
        let branches = generator.draw(in: dials.branches)
        let length = generator.draw(in: dials.length)
        for _ in 0..<Self.drawLimit {
            let (question, path) = Self.draw(branches, length, dials.labels, &generator)
            guard split.isShift || question.split == split else { continue }
            return Problem(
                question: question.text, referenceAnswer: "\(question.goal)",
                referenceSolution: path.map { "\($0)\n" }.joined() + "#### \(question.goal)", check: .path)
        }
        // A quarter of all graphs are in the test split: this cannot be reached by chance.
        preconditionFailure("\(Self.drawLimit) draws with \(dials) gave no \(split.rawValue) problem")
    }

    /// Checks that the dials of a split go together.
    ///
    /// - Throws: `ProblemsError` with `impossibleDials`.
    public func check(_ split: ProblemSplit) throws(ProblemsError) { _ = try dials.settled(for: split) }

    private static let drawLimit = 100_000

    /// Draws a graph, its edges in any order, and the path to its goal.
    private static func draw(
        _ branches: Int, _ length: Int, _ labels: ClosedRange<Int>, _ generator: inout SeededGenerator
    ) -> (PathQuestion, path: [GraphEdge]) {
        let nodes = drawDistinct(1 + branches * length, in: labels, &generator)
        var edges: [GraphEdge] = []
        for branch in 0..<branches {
            let first = 1 + branch * length
            edges.append(GraphEdge(from: nodes[0], to: nodes[first]))
            for place in first..<(first + length - 1) {
                edges.append(GraphEdge(from: nodes[place], to: nodes[place + 1]))
            }
        }
        // The labels are in any order already, so the first branch is as good as any.
        let path = Array(edges.prefix(length))
        for place in edges.indices.dropFirst().reversed() { edges.swapAt(place, generator.draw(in: 0...place)) }
        return (PathQuestion(edges: edges, start: nodes[0], goal: nodes[length]), path)
    }

    /// Draws so many different labels.
    private static func drawDistinct(_ count: Int, in labels: ClosedRange<Int>, _ generator: inout SeededGenerator)
        -> [Int]
    {
        // The first steps of Fisher and Yates's shuffle, of which only the places that differ are kept.
        var moved: [Int: Int] = [:]
        return (0..<count).map { place in
            let other = generator.draw(in: place...(labels.count - 1))
            let drawn = moved[other] ?? other
            moved[other] = moved[place] ?? place
            return labels.lowerBound + drawn
        }
    }
}
