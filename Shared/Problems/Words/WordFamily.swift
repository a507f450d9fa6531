import Basics

/// Word problems on a graph of quantities, with exact answers, distractors and, if asked for, evolution.
///
/// "At the orchard, Ann picks 12 apples. Ben picks 5 more apples than Ann. How many apples do Ann and Ben pick together?" is
/// solved by `12+5=17`, `12+17=29`, `#### 29`, a line each. A solver that knows the statements only proves each answer.
///
/// The calculations of the solution decide the split, and every ancestor of an evolved problem is in the split that it is in.
/// `range-shift` draws from larger numbers than `train` and `test`, `form-shift` solutions of more operations.
public struct WordFamily: ProblemFamily {
    /// `words`.
    public static let name = "words"

    /// How hard the problems are.
    public let dials: WordDials

    /// Makes a family with these dials.
    ///
    /// - Throws: `ProblemsError` with `impossibleDials` if a dial is out of its limits, if too few draws with some number of
    ///   operations make a problem of each split, or if a strategy changes too few of them.
    public init(dials: WordDials) throws(ProblemsError) {
        try dials.validate()
        self.dials = dials
        try probe(.train)
        try probe(.test)
    }

    /// The family as a shift has it: with other dials, that were not probed.
    private init(shifted dials: WordDials, to split: ProblemSplit) throws(ProblemsError) {
        self.dials = try dials.shifted(to: split)
    }

    /// Checks that the dials allow enough problems of a split; all have the splits `train` and `test`.
    ///
    /// - Throws: `ProblemsError` with `impossibleDials`.
    public func check(_ split: ProblemSplit) throws(ProblemsError) {
        if split.isShift { try WordFamily(shifted: dials, to: split).probe(split) }
    }

    /// Reads dials as a recipe writes them: `operations`, `distractors`, `values`, `factors` and `generations` as `2..4`,
    /// `limit` as a number, `relations` as `more+fewer`, `evolve` as `change-numbers+more-complex`; those of shifts, which are
    /// `shifted-operations`, `shifted-values` and `shifted-limit`, likewise.
    ///
    /// - Throws: `ProblemsError` if a dial is unknown or unreadable, and as `init(dials:)` does.
    public init(dials: [String: String]) throws(ProblemsError) {
        try self.init(dials: WordDials(parsing: dials))
    }

    /// Makes a problem: a pure function of the dials and the arguments.
    public func problem(seed: UInt64, index: UInt64, split: ProblemSplit) -> Problem {
        var generator = SeededGenerator(seed: seed, name: "\(Self.name)/\(split.rawValue)/\(index)")
        guard split.isShift else { return problem(split, &generator) }
        guard let shifted = try? WordFamily(shifted: dials, to: split) else {
            preconditionFailure("\(split) was not checked with \(dials)")
        }
        return shifted.problem(split, &generator)
    }

    private func problem(_ split: ProblemSplit, _ generator: inout SeededGenerator) -> Problem {
        let made = graph(split: split, &generator)
        guard let values = made.graph.values(within: 1...dials.limit) else {
            preconditionFailure("\(made.graph.key) has no values")
        }
        let answer = values[made.graph.asked]
        let proof = Result { try made.graph.solve() }
        guard case .success(answer) = proof else {
            preconditionFailure("\(made.graph.key) should have the answer \(answer), but solving it gave \(proof)")
        }
        return Problem(
            question: Telling(graph: made.graph).text(&generator), referenceAnswer: "\(answer)",
            referenceSolution: made.graph.solution(values), ancestry: made.ancestry)
    }

    /// Draws a graph of a split, evolved as the dials say.
    func graph(split: ProblemSplit, _ generator: inout SeededGenerator) -> EvolvedGraph {
        // What the splits must agree in is drawn before the numbers, and only the rest is drawn again.
        let operations = generator.draw(in: dials.operations)
        let distractors = generator.draw(in: dials.distractors)
        let generations = dials.evolve.isEmpty ? 0 : generator.draw(in: dials.generations)
        for _ in 0..<Self.drawLimit {
            guard let seed = seed(operations, distractors, &generator), seed.isOf(split) else { continue }
            var made: EvolvedGraph? = EvolvedGraph(seed)
            for _ in 0..<generations {
                made = made.flatMap { evolved($0, by: generator.draw(from: dials.evolve), split, &generator) }
            }
            if let made { return made }
        }
        // `probe` saw at least one draw in 32 on either side: this cannot be reached by chance.
        preconditionFailure("\(Self.drawLimit) draws with \(dials) gave no \(split.rawValue) problem")
    }

    /// Draws a graph as it is before any evolution; nil if the draws lead to a dead end.
    private func seed(_ operations: Int, _ distractors: Int, _ generator: inout SeededGenerator) -> QuantityGraph? {
        var builder = GraphBuilder(theme: generator.draw(from: Theme.all), dials: dials, &generator)
        for place in 1...operations {
            // Nothing follows from a difference.
            let kinds = place == operations ? dials.relations : dials.relations.filter { $0 != .difference }
            guard builder.append(kinds, &generator) else { return nil }
        }
        guard builder.addDistractors(distractors, &generator), !builder.graph.hasIdleFacts else { return nil }
        return builder.graph
    }

    /// Evolves a graph into one of the same split; nil if a few draws find none.
    private func evolved(
        _ parent: EvolvedGraph, by strategy: EvolutionStrategy, _ split: ProblemSplit,
        _ generator: inout SeededGenerator
    ) -> EvolvedGraph? {
        let evolution = QueryEvolution(dials: dials)
        for _ in 0..<32 {
            if let made = evolution.evolve(parent, by: strategy, &generator), made.graph.isOf(split) { return made }
        }
        return nil
    }

    private static let drawLimit = 100_000
    private static let probeCount = 8

    /// Checks by drawing that each number of operations has problems of the split, and each strategy something to change,
    /// so that a redraw soon ends.
    private func probe(_ split: ProblemSplit) throws(ProblemsError) {
        for operations in dials.operations {
            var generator = SeededGenerator(seed: 0, name: "\(Self.name)/probe/\(operations)")
            var found: [QuantityGraph] = []
            var draws = 0
            while found.count < Self.probeCount, draws < 32 * Self.probeCount {
                draws += 1
                let seed = seed(operations, dials.distractors.upperBound, &generator)
                if let seed, seed.isOf(split) { found.append(seed) }
            }
            guard found.count == Self.probeCount else {
                throw ProblemsError(
                    .impossibleDials,
                    "At least one draw in 32 must make a problem of \(split.rawValue); of \(draws) with "
                        + "operations=\(operations) \(found.count) did. Allow more relations, or widen values, factors or "
                        + "the limit.")
            }
            for strategy in dials.evolve {
                try probe(strategy, from: found, operations: operations, split: split, &generator)
            }
        }
    }

    private func probe(
        _ strategy: EvolutionStrategy, from found: [QuantityGraph], operations: Int, split: ProblemSplit,
        _ generator: inout SeededGenerator
    ) throws(ProblemsError) {
        let count = found.count { evolved(EvolvedGraph($0), by: strategy, split, &generator) != nil }
        guard 2 * count >= found.count else {
            throw ProblemsError(
                .impossibleDials,
                "Each strategy must find something to change in half of the problems; of \(found.count) with "
                    + "operations=\(operations) \(strategy.rawValue) did in \(count). Leave it out, allow more relations, or "
                    + "widen values, factors or the limit.")
        }
    }
}
