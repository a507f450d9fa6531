import Problems
import Testing

@Suite struct `Problem families` {
    @Test func `a family is found by its name, with its dials`() throws {
        let family = try ProblemFamilies.family(named: "arithmetic", dials: ["steps": "1"])
        let problem = family.problem(seed: 1, index: 1, split: .train)
        #expect(problem.referenceSolution?.split(separator: "\n").count == 2)
        #expect(ProblemFamilies.names == ["arithmetic", "constraints", "formula", "puzzle", "star-graph", "words"])
    }

    @Test func `an unknown family is refused with the names there are`() {
        let error = #expect(throws: ProblemsError.self) { try ProblemFamilies.family(named: "geometry", dials: [:]) }
        #expect(error?.code == .unknownFamily)
        #expect(
            error?.message
                == "A problem family must be one of: arithmetic, constraints, formula, puzzle, star-graph, words; got \"geometry\"."
        )
    }
}
