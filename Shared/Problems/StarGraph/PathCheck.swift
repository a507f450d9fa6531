/// Checks paths through graphs.
public enum PathCheck {
    /// Checks a whole path: each line before the line of marks is an edge `a>b` of the graph, the first from the start and each
    /// other from where the last one ended, until the goal is reached, which stands on the line of marks.
    ///
    /// Nothing of the text is trusted: its numbers have at most 12 digits and its first wrong line ends the work, which takes
    /// time linear in the lengths.
    public static func check(_ solution: some StringProtocol, of question: PathQuestion) -> DerivationResult {
        guard let derivation = Derivation(solution) else { return .noAnswer }
        let edges = Set(question.edges)
        var place = question.start
        for (index, line) in derivation.steps.enumerated() {
            if let fault = fault(of: line, at: place, edges) {
                return .incorrect(step: index + 1, reason: "Step \(index + 1), \"\(excerpt(line))\", \(fault).")
            }
            var scanner = LineScanner(line)
            place = GraphEdge(&scanner)?.to ?? place
        }
        guard place == question.goal, derivation.answer == question.goal else {
            return .incorrect(
                step: derivation.answerStep,
                reason: "The path must end at \(question.goal) and say so; it ends at \(place) and says "
                    + "\(derivation.answer).")
        }
        return .correct
    }

    /// Why a line does not go on from a node, as a sentence without its subject; nil if it does.
    private static func fault(of line: ArraySlice<UInt8>, at place: Int, _ edges: Set<GraphEdge>) -> String? {
        var scanner = LineScanner(line)
        guard let edge = GraphEdge(&scanner), scanner.isAtEnd else { return "is no edge a>b" }
        guard edge.from == place else { return "does not go on from \(place)" }
        return edges.contains(edge) ? nil : "is no edge of the graph"
    }
}
