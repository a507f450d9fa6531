internal import Basics

/// Constraints on integers that one choice of values keeps, and what is asked of it.
struct ConstraintSystem: Hashable, Sendable {
    /// The integers that each variable is one of.
    let domain: ClosedRange<Int>
    /// The values of the variables, the only ones that keep all constraints.
    let solution: [Int]
    /// The constraints in the order they are told in.
    let constraints: [Constraint]
    /// Those of them that do not follow from all others.
    let needed: Set<Constraint>
    /// What is asked for.
    let asked: Comparison.Expression

    /// `a, b are integers from 1 to 9. a+b=12. a is even. What is a*b?`
    var question: String {
        let names = Constraint.names.prefix(solution.count).joined(separator: ", ")
        return "\(names) are integers from \(domain.lowerBound) to \(domain.upperBound). "
            + constraints.map { "\($0.text). " }.joined() + "What is \(asked.text(Constraint.names))?"
    }

    /// The number that is asked for.
    var answer: Int { asked.value(solution) }

    /// The reference solution: the steps of the search, the calculation of what is asked for, then `#### N`.
    func text(_ search: ConstraintSearch) -> String {
        let calculation =
            asked.variables.count == 1
            ? "" : "\(asked.text(Constraint.names))=\(asked.text(solution.map(String.init)))=\(answer)\n"
        return search.text + calculation + "#### \(answer)"
    }

    /// The split that the needed constraints belong to, whatever their order, the names of the variables, the distractors, the
    /// domain and what is asked for: a quarter are in the test split. Changing this moves problems that a policy was trained
    /// on into its test.
    var split: ProblemSplit {
        // The values stand for the variables: they are the same under any names.
        let key = needed.map { $0.key(solution) }.sorted().joined(separator: ";")
        var hash = SeededGenerator(seed: 0, name: "constraints/" + key)
        return hash.next() % 4 == 0 ? .test : .train
    }
}
