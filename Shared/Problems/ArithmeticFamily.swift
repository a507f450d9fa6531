import Basics

/// Multi-step integer arithmetic, told in symbols or in words, with one calculation a step.
///
/// `7; +5; *2` and "Ann has 7 pens, gets 5, then has 2 times that. How many?" are told from the same numbers, and both
/// are solved by `7+5=12`, `12*2=24`, `#### 24`, a line each. Texts are short because a byte is a token.
///
/// The numbers alone decide between `train` and `test`, so a problem told in words never tests what was trained on in symbols.
/// `range-shift` has larger operands than both, `form-shift` another number of steps.
public struct ArithmeticFamily: ProblemFamily {
    /// `arithmetic`.
    public static let name = "arithmetic"

    /// How hard the problems are and how they are told.
    public let dials: ArithmeticDials

    /// Makes a family with these dials.
    ///
    /// - Throws: `ProblemsError` with `impossibleDials` if a dial is out of its limits, if some running value has no
    ///   next step, or if there are too few different problems to fill both splits.
    public init(dials: ArithmeticDials) throws(ProblemsError) {
        try dials.validate()
        self.dials = dials
        try probeSplits()
    }

    /// Reads dials as a recipe writes them: `steps`, `operands` and `values` as `2..4`, `style` as `symbols`, `words`
    /// or `mixed`, `operations` as some of `+-*`; the first three also with `shifted-` before them.
    ///
    /// - Throws: `ProblemsError` if a dial is unknown or unreadable, and as `init(dials:)` does.
    public init(dials: [String: String]) throws(ProblemsError) {
        try self.init(dials: ArithmeticDials(parsing: dials))
    }

    /// Makes a problem: a pure function of the dials and the arguments.
    public func problem(seed: UInt64, index: UInt64, split: ProblemSplit) -> Problem {
        guard let dials = try? dials.settled(for: split) else {
            preconditionFailure("no \(split.rawValue) problem can be made with \(dials)")
        }
        var generator = SeededGenerator(seed: seed, name: "\(Self.name)/\(split.rawValue)/\(index)")
        // What the splits must agree in is drawn before the numbers, and only the numbers are drawn again.
        let story = drawStory(&generator)
        let stepCount = generator.draw(in: dials.steps)
        let calculation = drawCalculation(dials, stepCount: stepCount, split: split, generator: &generator)
        let (answer, solution) = calculation.solved()
        return Problem(
            question: story?.tell(calculation) ?? calculation.symbols, referenceAnswer: answer,
            referenceSolution: solution)
    }

    /// Checks that the dials of a split go together.
    ///
    /// - Throws: `ProblemsError` with `impossibleDials`.
    public func check(_ split: ProblemSplit) throws(ProblemsError) {
        if split.isShift { try dials.settled(for: split).validate() }
    }

    /// Chooses how to tell the problem; nil for symbols.
    private func drawStory(_ generator: inout SeededGenerator) -> ArithmeticStory? {
        let inWords =
            switch dials.style {
            case .symbols: false
            case .words: true
            case .mixed: generator.draw(in: 0...1) == 1
            }
        return inWords ? generator.draw(from: ArithmeticStory.all) : nil
    }

    private func drawCalculation(
        _ dials: ArithmeticDials, stepCount: Int, split: ProblemSplit, generator: inout SeededGenerator
    ) -> Calculation {
        for _ in 0..<Self.drawLimit {
            let calculation = Calculation(dials: dials, stepCount: stepCount, generator: &generator)
            if split.isShift || calculation.split == split { return calculation }
        }
        // `probeSplits` saw at least a sixteenth of the draws on either side: this cannot be reached by chance.
        preconditionFailure("\(Self.drawLimit) draws with \(dials) gave no \(split.rawValue) problem")
    }

    private static let drawLimit = 100_000

    /// Checks by drawing that each number of steps has problems in both splits, so that a redraw soon ends.
    private func probeSplits() throws(ProblemsError) {
        for stepCount in dials.steps {
            var generator = SeededGenerator(seed: 0, name: "\(Self.name)/probe/\(stepCount)")
            let drawn = (0..<256).map { _ in
                Calculation(dials: dials, stepCount: stepCount, generator: &generator).split
            }
            guard [ProblemSplit.train, .test].allSatisfy({ split in drawn.count { $0 == split } >= 16 }) else {
                throw ProblemsError(
                    .impossibleDials,
                    "Both splits must have problems of every number of steps; the dials give too few different "
                        + "problems of \(stepCount). Widen operands or values, or ask for more steps.")
            }
        }
    }
}
