internal import TheoremProver

/// The prover's word that constraints leave one choice of values, and which of them that takes.
struct ConstraintProof: Sendable {
    /// The constraints that do not follow from all others. They leave one choice of values by themselves; the rest are
    /// distractors.
    let needed: Set<Constraint>

    /// Asks the prover; nil if the constraints leave another choice of values than the solution, if the distractors are not as
    /// many as stated, if one of them follows from the domain alone, or if the answer takes one of them.
    ///
    /// - Precondition: the constraints differ, and the solution lies in the domain and keeps them.
    init?(
        of constraints: [Constraint], domain: ClosedRange<Int>, solution: [Int], distractors: Int,
        prover: TheoremProver
    ) throws(TheoremProverError) {
        let variables = solution.indices.map { IntegerTerm.variable($0) }
        let inDomain = variables.map { variable in
            Assertion.all([
                .not(.less(variable, .number(domain.lowerBound))), .not(.less(.number(domain.upperBound), variable)),
            ])
        }
        // With this, "satisfiable" says that there is another choice.
        let isAnother = Assertion.not(.all(zip(variables, solution).map { .equal($0, .number($1)) }))
        let assertions = constraints.map(\.assertion)
        let places = try prover.examine(
            variables: solution.count, given: inDomain + [isAnother],
            suppositions: assertions + assertions.map { .not($0) }
        ) { theory throws(TheoremProverError) in
            try Self.needed(of: constraints.count, distractors: distractors, theory)
        }
        guard let places else { return nil }
        needed = Set(places.map { constraints[$0] })
    }

    /// The places of the needed constraints. The theory has the constraints, then what denies each.
    private static func needed(
        of count: Int, distractors: Int, _ theory: borrowing Theory
    ) throws(TheoremProverError) -> [Int]? {
        let all = Array(0..<count)
        guard try !theory.isSatisfiable(supposing: all) else { return nil }
        var needed: [Int] = []
        for place in all {
            if try theory.isSatisfiable(supposing: all.filter { $0 != place }) {
                needed.append(place)
            } else if try !theory.isSatisfiable(supposing: [count + place]) {
                return nil
            }
            // Neither too many needed ones so far, nor too many others.
            guard needed.count <= count - distractors, place + 1 - needed.count <= distractors else { return nil }
        }
        // Two that follow from each other: neither is needed, but one of them.
        guard try !theory.isSatisfiable(supposing: needed) else { return nil }
        return needed
    }
}
