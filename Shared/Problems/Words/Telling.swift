import Basics

/// Tells a graph in English: a sentence for each fact that needs one, then the question, all in one line.
struct Telling {
    let graph: QuantityGraph

    /// The text, with wordings that are drawn.
    func text(_ generator: inout SeededGenerator) -> String {
        var sentences: [String] = []
        for fact in graph.facts { sentences += tell(fact, &generator).map { $0 + "." } }
        sentences.append(question(&generator))
        return sentences.map(\.capitalizedSentence).joined(separator: " ")
    }

    /// The sentences of a fact, without capitals and full stops; none if the words of the quantity say it.
    private func tell(_ fact: Fact, _ generator: inout SeededGenerator) -> [String] {
        guard let alternative = fact.alternative else {
            let wordings = wordings(of: fact.statement, for: fact.quantity)
            return wordings.isEmpty
                ? [] : [fill(generator.draw(from: wordings), fact.statement, for: fact.quantity)]
        }
        var sentences = [conditional(fact, alternative, generator.draw(from: Wording.conditional))]
        if case .event(let event, let happens) = alternative.condition {
            sentences.append(event.said(happens: happens))
        }
        return sentences
    }

    private func conditional(_ fact: Fact, _ alternative: Fact.Alternative, _ wording: Wording) -> String {
        let condition =
            switch alternative.condition {
            case .event(let event, _): event.rawValue
            case .exceeds(let quantity, let threshold):
                graph.quantities[quantity].clause(
                    "more than " + graph.quantities[quantity].unit.noun.count(threshold))
            }
        let both = fact.statements.map { fill(wordings(of: $0, for: fact.quantity)[0], $0, for: fact.quantity) }
        return wording.filled(plural: false) { name in
            switch name {
            case "condition": condition
            case "statement": both[0]
            case "otherwise": both[1]
            default: nil
            }
        }
    }

    private func wordings(of statement: Statement, for quantity: Int) -> [Wording] {
        let stated = graph.quantities[quantity]
        guard let relation = statement.relation else {
            return stated.unit.kind == .unrelated ? Wording.unrelated : Wording.given
        }
        return Wording.all(relation.kind, ofPart: graph.isOfPart(relation, quantity))
    }

    private func fill(_ wording: Wording, _ statement: Statement, for quantity: Int) -> String {
        let other = statement.operands.first.map { graph.quantities[$0] }
        let phrases = StatementPhrases(
            theme: graph.theme, quantity: graph.quantities[quantity], other: other, numbers: statement.numbers)
        return wording.filled(plural: other?.subject.isPlural ?? false, phrases.phrase)
    }

    private func question(_ generator: inout SeededGenerator) -> String {
        let difference = graph.isDifferenceAsked ? graph.facts.first { $0.quantity == graph.asked }?.operands : nil
        let quantity = graph.quantities[difference?[0] ?? graph.asked]
        let phrases = StatementPhrases(
            theme: graph.theme, quantity: quantity, other: (difference?[1]).map { graph.quantities[$0] },
            numbers: Relation.Numbers(0))
        let wording = generator.draw(from: difference == nil ? Wording.question : Wording.differenceQuestion)
        return wording.filled(plural: quantity.subject.isPlural, phrases.phrase)
    }
}

extension QuantityGraph {
    /// Whether a relation is about the part that has the quality, and not about somebody else.
    func isOfPart(_ relation: Relation, _ quantity: Int) -> Bool {
        quantities[quantity].unit != quantities[relation.operands[0]].unit
    }
}
