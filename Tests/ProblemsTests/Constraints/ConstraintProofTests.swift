import Basics
import Testing
import TheoremProver

@testable import Problems

@Suite struct `Proofs of constraints` {
    @Test(.enabled(if: TheoremProver.isInstalled, "Z3 is not installed"))
    func `Z3, the search and trying all values agree on hundreds of drawn sets`() throws {
        let prover = try TheoremProver()
        var (unique, several, proved) = (0, 0, 0)
        for round in 0..<300 {
            var generator = SeededGenerator(seed: UInt64(round), name: "agreement")
            let domain = 1...generator.draw(in: 4...6)
            let solution = (0..<generator.draw(in: 2...3)).map { _ in generator.draw(in: domain) }
            let constraints = ConstraintDraw(domain: domain, solution: solution)
                .constraints(generator.draw(in: 2...5), &generator)
            let choices = StatedConstraints.choices(solution.map { _ in Array(domain) })
            func models(_ constraints: [Constraint]) -> Int {
                choices.count { values in constraints.allSatisfy { $0.holds(values) } }
            }
            let isUnique = models(constraints) == 1
            if isUnique { unique += 1 } else { several += 1 }
            let search = ConstraintSearch(constraints, domain: domain, solution: solution, splitLimit: 1_000)
            #expect((search != nil) == isUnique, "round \(round): \(constraints.map(\.text))")

            let needed = constraints.filter { one in models(constraints.filter { $0 != one }) > 1 }
            let distractors = constraints.filter { !needed.contains($0) }
            let isProved =
                isUnique && models(needed) == 1 && distractors.allSatisfy { models([$0]) < choices.count }
            let proof = try ConstraintProof(
                of: constraints, domain: domain, solution: solution, distractors: distractors.count, prover: prover)
            #expect(proof?.needed == (isProved ? Set(needed) : nil), "round \(round): \(constraints.map(\.text))")
            if isProved { proved += 1 }
            for other in [distractors.count - 1, distractors.count + 1] {
                let wrong = try ConstraintProof(
                    of: constraints, domain: domain, solution: solution, distractors: other, prover: prover)
                #expect(wrong == nil, "round \(round): there are \(distractors.count) distractors, not \(other)")
            }
        }
        #expect(unique > 40 && several > 40 && proved > 25, "\(unique), \(several), \(proved)")
    }

    @Test func `the search gives up where it takes more splits than it may`() throws {
        let sum = Comparison(expression: .sum([0, 1]), relation: .equal, number: 10)
        let difference = Comparison(expression: .difference(0, 1), relation: .equal, number: 2)
        let constraints = [Constraint.comparison(sum), .comparison(difference)]
        let search = try #require(
            ConstraintSearch(constraints, domain: 1...9, solution: [6, 4], splitLimit: 9))
        #expect(search.splits > 0)
        #expect(
            ConstraintSearch(constraints, domain: 1...9, solution: [6, 4], splitLimit: search.splits) != nil)
        #expect(
            ConstraintSearch(constraints, domain: 1...9, solution: [6, 4], splitLimit: search.splits - 1) == nil)
        // One constraint leaves eight other choices.
        #expect(ConstraintSearch([constraints[0]], domain: 1...9, solution: [6, 4], splitLimit: 100) == nil)
    }

    @Test func `a constraint has one key under all names of its variables`() {
        func key(_ expression: Comparison.Expression, _ relation: Comparison.Relation, _ number: Int, _ values: [Int])
            -> String
        {
            Constraint.comparison(Comparison(expression: expression, relation: relation, number: number)).key(values)
        }
        #expect(key(.sum([0, 1]), .equal, 7, [3, 4, 9]) == key(.sum([0, 2]), .equal, 7, [4, 9, 3]))
        #expect(key(.product(0, 1), .less, 20, [3, 4]) == key(.product(0, 1), .less, 20, [4, 3]))
        #expect(key(.difference(0, 1), .less, 0, [3, 4]) == key(.difference(0, 1), .greater, 0, [4, 3]))
        #expect(key(.difference(0, 1), .equal, -1, [3, 4]) == key(.difference(0, 1), .equal, 1, [4, 3]))
        #expect(key(.difference(0, 1), .less, 0, [3, 4]) != key(.difference(0, 1), .less, 1, [3, 4]))
    }

    @Test func `a set of values is told by its runs`() {
        var set = ValueSet(noneOf: 1...64)
        #expect(set.description == "" && set.count == 0 && set.least == nil)
        for value in [64, 3, 4, 5, 9, 10, 1] { set.insert(value) }
        #expect(set.description == "1,3..5,9,10,64")
        #expect(set.values == [1, 3, 4, 5, 9, 10, 64] && set.least == 1)
        #expect(!set.contains(2) && !set.contains(0) && !set.contains(65))
        let all = ValueSet(allOf: 1...64)
        #expect(all.count == 64 && all.subtracting(set).count == 57)
        #expect(all.intersection(set) == set && all.subtracting(set).union(set) == all)
        #expect(ValueSet(allOf: -2...2).values == [-2, -1, 0, 1, 2])
    }
}
