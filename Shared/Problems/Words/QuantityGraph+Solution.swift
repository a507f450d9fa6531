extension QuantityGraph {
    /// The reference solution: the calculation of each needed relation, a line each, then `#### N`.
    ///
    /// A line whose relation depends on a condition says first how that came out: `12 is more than 10, so 12+5=17`.
    ///
    /// - Parameter values: of all quantities, from `values(within:)`.
    func solution(_ values: [Int]) -> String {
        relations(values).map { fact, relation in
            reason(fact, values) + "\(relation.calculation(values).text)=\(values[fact.quantity])\n"
        }.joined() + "#### \(values[asked])"
    }

    private func reason(_ fact: Fact, _ values: [Int]) -> String {
        switch fact.alternative?.condition {
        case nil: return ""
        case .event(let event, let happens): return event.said(happens: happens).capitalizedSentence + ", so "
        case .exceeds(let quantity, let threshold):
            let comparison = values[quantity] > threshold ? "is more than" : "is not more than"
            return "\(values[quantity]) \(comparison) \(threshold), so "
        }
    }
}
