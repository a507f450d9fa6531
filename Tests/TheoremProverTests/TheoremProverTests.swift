import Basics
import Testing
import TheoremProver

@Suite struct `A theorem prover that is not installed` {
    @Test func `is named, with the command that installs it`() {
        let error = #expect(throws: TheoremProverError.self) {
            try TheoremProver(libraryNames: ["libno-such-prover.so.1", "libno-such-prover.so"])
        }
        #expect(error?.code == .notInstalled)
        #expect(
            error?.message.contains("libno-such-prover.so.1, libno-such-prover.so") == true, "\(error?.message ?? "")")
        #expect(error?.message.contains("install") == true)
    }

    @Test func `is not taken for another library`() {
        #if os(macOS)
            let other = "libSystem.dylib"
        #else
            let other = "libc.so.6"
        #endif
        let error = #expect(throws: TheoremProverError.self) { try TheoremProver(libraryNames: [other]) }
        #expect(error?.code == .notInstalled)
        #expect(error?.message.contains("Z3_mk_config") == true, "\(error?.message ?? "")")
    }
}

@Suite(.enabled(if: TheoremProver.isInstalled, "Z3 is not installed"))
struct `A theorem prover` {
    /// The integers 0 and 1, each within -4 to 4.
    private static let small = (0...1).map { place in
        Assertion.all([
            .less(.number(-5), .variable(place)), .less(.variable(place), .number(5)),
        ])
    }

    private func isSatisfiable(_ prover: TheoremProver, _ assertions: [Assertion]) throws -> Bool {
        try prover.examine(variables: 2, given: Self.small, suppositions: assertions) {
            theory throws(TheoremProverError) in
            try theory.isSatisfiable(supposing: Array(assertions.indices))
        }
    }

    @Test func `agrees with trying all integers, on every kind of term and assertion`() throws {
        let prover = try TheoremProver()
        var generator = SeededGenerator(seed: 1, name: "prover")
        var counts = [true: 0, false: 0]
        for round in 0..<400 {
            let assertions = (0..<(1 + round % 4)).map { _ in RandomAssertion.assertion(depth: 2, &generator) }
            let expected = (-4...4).contains { first in
                (-4...4).contains { second in assertions.allSatisfy { RandomAssertion.holds($0, [first, second]) } }
            }
            #expect(try isSatisfiable(prover, assertions) == expected, "round \(round): \(assertions)")
            counts[expected, default: 0] += 1
        }
        #expect(
            counts.values.allSatisfy { $0 > 40 }, "both answers are frequent enough for an error to show: \(counts)")
    }

    @Test func `takes only the suppositions that a question names, and forgets them with the theory`() throws {
        let prover = try TheoremProver()
        let suppositions: [Assertion] = [
            .less(.variable(0), .variable(1)), .less(.variable(1), .variable(0)),
            .equal(.variable(0), .number(3)),
        ]
        let answers = try prover.examine(variables: 2, given: Self.small, suppositions: suppositions) {
            theory throws(TheoremProverError) in
            try [[], [0], [1], [0, 1], [2], [0, 2], [0, 1, 2], [1]].map { (places: [Int]) throws(TheoremProverError) in
                try theory.isSatisfiable(supposing: places)
            }
        }
        #expect(answers == [true, true, true, false, true, true, false, true])
        #expect(try isSatisfiable(prover, []))
    }

    @Test func `says that a question is not decided within its limit, and goes on with others`() throws {
        let prover = try TheoremProver(resourceLimit: 1_000)
        // No cube is the sum of two cubes of positive integers; to find that out takes more than the limit.
        let cubes = (0...2).map { place in
            IntegerTerm.product(.variable(place), .product(.variable(place), .variable(place)))
        }
        let given =
            (0...2).map { Assertion.less(.number(0), .variable($0)) }
            + (0...2).map { Assertion.less(.variable($0), .number(100_000)) }
        let error = #expect(throws: TheoremProverError.self) {
            try prover.examine(
                variables: 3, given: given, suppositions: [.equal(.sum([cubes[0], cubes[1]]), cubes[2])]
            ) { theory throws(TheoremProverError) in try theory.isSatisfiable(supposing: [0]) }
        }
        #expect(error?.code == .undecided)
        #expect(error?.message.contains("resource limit") == true, "\(error?.message ?? "")")
        #expect(try isSatisfiable(prover, [.equal(.variable(0), .number(4))]))
        #expect(try !isSatisfiable(prover, [.equal(.variable(0), .number(5))]))
    }

    @Test func `refuses an integer that was not declared, and goes on`() throws {
        let prover = try TheoremProver()
        let error = #expect(throws: TheoremProverError.self) {
            try isSatisfiable(prover, [.equal(.variable(7), .number(1))])
        }
        #expect(error?.code == .failed)
        #expect(error?.message.contains("x7") == true, "\(error?.message ?? "")")
        #expect(try isSatisfiable(prover, [.equal(.variable(0), .variable(1))]))
    }

    @Test func `may be shared by threads`() async throws {
        let prover = try TheoremProver()
        let answers = try await withThrowingTaskGroup(of: (Int, Bool).self) { group in
            for number in 0..<60 {
                group.addTask {
                    // Within -4 to 4, the sum of two may be 8 at most.
                    let assertion = Assertion.equal(.sum([.variable(0), .variable(1)]), .number(number % 20))
                    return (number, try self.isSatisfiable(prover, [assertion]))
                }
            }
            return try await group.reduce(into: [Int: Bool]()) { $0[$1.0] = $1.1 }
        }
        #expect(answers.count == 60)
        for (number, answer) in answers { #expect(answer == (number % 20 <= 8), "\(number)") }
    }
}
