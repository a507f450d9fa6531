internal import Basics
public import TheoremProver

/// Integers that several constraints determine, with as many forced case splits and distractors as asked for.
///
/// "a, b are integers from 1 to 9. a*b=24. a+b=10. a<b. What is a?" has one answer, which the theorem prover Z3 proves. It is
/// solved a step a line, by what each constraint leaves of the possible values, and by supposing values where that does not
/// suffice; see `ConstraintSearch`.
///
/// Candidates are drawn, and Z3 only says yes or no: a problem does not depend on its version. The needed constraints decide
/// between `train` and `test`. `range-shift` has larger integers than both, `form-shift` another number of variables.
public struct ConstraintFamily: ProblemFamily {
    /// `constraints`.
    public static let name = "constraints"

    /// How hard the problems are.
    public let dials: ConstraintDials

    private let prover: TheoremProver

    /// Makes a family with these dials.
    ///
    /// - Parameter libraryNames: where Z3 is looked for.
    /// - Throws: `ProblemsError` with `missingLibrary` if Z3 is not installed, `impossibleDials` if a dial is out of its limits
    ///   or too few draws make a problem.
    public init(
        dials: ConstraintDials, libraryNames: [String] = TheoremProver.libraryNames
    ) throws(ProblemsError) {
        self.dials = dials
        // Before the library is looked for: dials are wrong on every machine.
        _ = try dials.settled(for: .train)
        do throws(TheoremProverError) {
            prover = try TheoremProver(libraryNames: libraryNames)
        } catch {
            throw ProblemsError(.missingLibrary, "Problems of \(Self.name) are proved. \(error)")
        }
        try check(.train)
        try check(.test)
    }

    /// Reads dials as a recipe writes them: `variables`, `domain`, `splits` and `distractors` as `2..3`, the first two also with
    /// `shifted-` before them.
    ///
    /// - Throws: `ProblemsError` if a dial is unknown or unreadable, and as `init(dials:libraryNames:)` does.
    public init(dials: [String: String]) throws(ProblemsError) {
        try self.init(dials: ConstraintDials(parsing: dials))
    }

    /// Makes a problem: a pure function of the dials and the arguments.
    public func problem(seed: UInt64, index: UInt64, split: ProblemSplit) -> Problem {
        guard let dials = try? dials.settled(for: split) else {
            preconditionFailure("no \(split.rawValue) problem can be made with \(dials)")
        }
        var generator = SeededGenerator(seed: seed, name: "\(Self.name)/\(split.rawValue)/\(index)")
        // What the splits must agree in is drawn before the constraints, and only they are drawn again.
        let size = ConstraintSize(
            variables: generator.draw(in: dials.variables), splits: generator.draw(in: dials.splits),
            distractors: generator.draw(in: dials.distractors))
        do throws(TheoremProverError) {
            for _ in 0..<Self.drawLimit {
                if let made = try draw(size, domain: dials.domain, split: split, &generator) { return made }
            }
        } catch {
            // Everything is finite and small. Another problem in its place would depend on the version of Z3.
            preconditionFailure("problem \(index) of \(split.rawValue) with seed \(seed) is not proved: \(error)")
        }
        // `check` saw one of a hundredth as many draws succeed: chance does not lead here.
        preconditionFailure("\(Self.drawLimit) draws with \(dials) gave no \(split.rawValue) problem of \(size)")
    }

    /// Checks by drawing that the split has problems of every number of variables and splits.
    ///
    /// - Throws: `ProblemsError` with `impossibleDials`.
    public func check(_ split: ProblemSplit) throws(ProblemsError) {
        let dials = try dials.settled(for: split)
        for variables in dials.variables {
            for splits in dials.splits {
                let size = ConstraintSize(
                    variables: variables, splits: splits, distractors: dials.distractors.upperBound)
                let isCommon: Bool
                do throws(TheoremProverError) {
                    isCommon = try self.isCommon(size, domain: dials.domain, split: split)
                } catch {
                    throw ProblemsError(.impossibleDials, "Every problem of \(Self.name) must be decided. \(error)")
                }
                guard isCommon else {
                    throw ProblemsError(
                        .impossibleDials,
                        "At least one draw in \(Self.probeLimit) must make a problem of \(split.rawValue); none did with "
                            + "variables=\(variables), splits=\(splits), distractors=\(size.distractors) and domain="
                            + "\(text(dials.domain)). Ask for fewer splits or distractors, or widen the domain.")
                }
            }
        }
    }

    /// Whether one of the first draws makes a problem, so that a redraw ends.
    private func isCommon(
        _ size: ConstraintSize, domain: ClosedRange<Int>, split: ProblemSplit
    ) throws(TheoremProverError) -> Bool {
        var generator = SeededGenerator(
            seed: 0, name: "\(Self.name)/probe/\(split.rawValue)/\(size.variables)/\(size.splits)")
        for _ in 0..<Self.probeLimit {
            if try draw(size, domain: domain, split: split, &generator) != nil { return true }
        }
        return false
    }

    private static let probeLimit = 20_000
    private static let drawLimit = 2_000_000
}

extension ConstraintFamily {
    /// Draws a problem; nil if the draws do not come to one of the size, or belong to another split.
    private func draw(
        _ size: ConstraintSize, domain: ClosedRange<Int>, split: ProblemSplit, _ generator: inout SeededGenerator
    ) throws(TheoremProverError) -> Problem? {
        let solution = (0..<size.variables).map { _ in generator.draw(in: domain) }
        let draw = ConstraintDraw(domain: domain, solution: solution)
        let count = size.variables + size.distractors + generator.draw(in: 0...2)
        let told = draw.constraints(count, &generator)
        // The search is much faster than the prover, and nearly all draws fail in it.
        let search = ConstraintSearch(told, domain: domain, solution: solution, splitLimit: size.splits)
        guard let search, search.splits == size.splits else { return nil }
        let needed = ConstraintSearch.needed(of: told, domain: domain, solution: solution)
        guard needed.count == told.count - size.distractors else { return nil }
        let system = ConstraintSystem(
            domain: domain, solution: solution, constraints: told, needed: needed,
            asked: draw.asked(told: told, &generator))
        guard split.isShift || system.split == split else { return nil }
        let proof = try ConstraintProof(
            of: told, domain: domain, solution: solution, distractors: size.distractors, prover: prover)
        guard proof?.needed == needed else { return nil }
        return Problem(
            question: system.question, referenceAnswer: "\(system.answer)", referenceSolution: system.text(search))
    }
}
