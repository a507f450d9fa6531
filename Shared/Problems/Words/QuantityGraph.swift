import Basics

/// A word problem before it is told: quantities, what is stated about them, and the one that is asked for.
///
/// A graph that the family makes states every quantity once, in an order in which each follows from earlier ones. The type
/// allows others, so that `solve()` can find them out.
struct QuantityGraph: Hashable, Sendable {
    /// The world whose words its quantities are in.
    let theme: Theme
    /// The nodes; everything else names them by their places here.
    var quantities: [Quantity]
    /// What is stated, in the order in which it is told.
    var facts: [Fact]
    /// The quantity that is asked for.
    var asked: Int

    /// The quantities that the asked one depends on, itself included. All others are distractors.
    var needed: Set<Int> {
        var found: Set<Int> = [asked]
        var open = [asked]
        while let quantity = open.popLast() {
            for fact in facts where fact.quantity == quantity {
                open += fact.operands.filter { found.insert($0).inserted }
            }
        }
        return found
    }

    /// Whether a difference is asked for, which has no words of its own to refer to it.
    var isDifferenceAsked: Bool {
        facts.contains { $0.quantity == asked && $0.statement.relation?.kind == .difference }
    }

    /// The facts that the answer follows from, in their order.
    var neededFacts: [Fact] {
        let needed = needed
        return facts.filter { needed.contains($0.quantity) }
    }

    /// The value of every quantity, worked out from one fact to the next; nil if a fact refers to a later one, or if a value
    /// is not whole or not within the limits, or if the asked one is not stated. A statement that does not hold must keep to
    /// the limits, too. Another quantity that is not stated has the value 0.
    func values(within limits: ClosedRange<Int>) -> [Int]? {
        var values = [Int](repeating: 0, count: quantities.count)
        var known = [Bool](repeating: false, count: quantities.count)
        for fact in facts {
            guard !known[fact.quantity], fact.operands.allSatisfy({ known[$0] }) else { return nil }
            for statement in fact.statements {
                guard let value = statement.value(values), limits.contains(value) else { return nil }
            }
            known[fact.quantity] = true
            values[fact.quantity] = fact.holding(values).value(values) ?? 0
        }
        return known[asked] ? values : nil
    }

    /// The relations that hold among those that the answer follows from, with their results in order.
    func relations(_ values: [Int]) -> [(fact: Fact, relation: Relation)] {
        neededFacts.compactMap { fact in fact.holding(values).relation.map { (fact, $0) } }
    }

    /// The structure and all numbers, without the words: `q0=12; q1=q0 more 5; ask q1`. It names the graph as a parent.
    var key: String { facts.map(\.key).joined(separator: "; ") + "; ask q\(asked)" }

    /// The split that the calculations belong to, whatever the words, the distractors and the order: a quarter are those of
    /// `test`, an eighth those of the shifts, and `train` has the others. Changing this moves problems that a policy was trained
    /// on into its test.
    ///
    /// - Precondition: the graph is one that the family makes.
    func isOf(_ split: ProblemSplit) -> Bool {
        guard let values = values(within: .min...(.max)) else { preconditionFailure("\(key) has no values") }
        let calculations = relations(values).map { fact, relation in
            "\(relation.calculation(values).normalText)=\(values[fact.quantity])"
        }
        var hash = SeededGenerator(seed: 0, name: "words/" + calculations.sorted().joined(separator: ";"))
        switch hash.next() % 8 {
        case 0, 1: return split == .test
        case 2: return split.isShift
        default: return split == .train
        }
    }
}
