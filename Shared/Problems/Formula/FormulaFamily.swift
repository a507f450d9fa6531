import Basics

/// Formulas for derived columns of small tables, asked for in English.
///
/// `price,stock: 4,12; 7,3 | Multiply price by stock, then cap it at 40.` is solved by `d1=price*stock`, `#### MIN(d1,40)`, a line
/// each; any formula with the same results is as right. The reference answer is the whole formula, `MIN(price*stock,40)`.
///
/// The formula with its constants decides the split, whatever its columns are called and whatever is in the table. Requests
/// may be made to describe another formula, and are validated by the rules of three surrogates before use.
///
/// - Source: arXiv 2407.10657; papers.md section 4. How tables, formulas and requests are drawn is ours.
public struct FormulaFamily: ProblemFamily {
    /// `formula`.
    public static let name = "formula"

    /// How hard the problems are.
    public let dials: FormulaDials

    /// Makes a family with these dials.
    ///
    /// - Throws: `ProblemsError` with `impossibleDials` if a dial is out of its limits, or if too few draws make a problem of
    ///   `train` or `test`.
    public init(dials: FormulaDials) throws(ProblemsError) {
        self.dials = dials
        try check(.train)
        try check(.test)
    }

    /// Reads dials as a recipe writes them: ranges as `2..4`, `functions` as `arithmetic+conditions`, `misdescribed` as `0.5`,
    /// `validate` as `output+program` or `none`.
    ///
    /// - Throws: `ProblemsError` if a dial is unknown or unreadable, and as `init(dials:)` does.
    public init(dials: [String: String]) throws(ProblemsError) {
        try self.init(dials: FormulaDials(parsing: dials))
    }

    /// Makes a problem: a pure function of the dials and the arguments.
    public func problem(seed: UInt64, index: UInt64, split: ProblemSplit) -> Problem {
        let request = request(seed: seed, index: index, split: split)
        return Problem(
            question: request.question.text, referenceAnswer: request.formula.description,
            referenceSolution: FormulaSteps(request.formula).solution, check: .formula)
    }

    /// Makes the request of a problem: what may be validated by other means than the rules. Whether it was made to describe
    /// another formula is not said.
    public func request(seed: UInt64, index: UInt64, split: ProblemSplit) -> FormulaRequest {
        made(seed: seed, index: index, split: split).request
    }

    /// As `request`, saying also what the request tells.
    func made(seed: UInt64, index: UInt64, split: ProblemSplit) -> MadeRequest {
        guard let dials = try? dials.settled(for: split) else {
            preconditionFailure("no \(split.rawValue) problem can be made with \(dials)")
        }
        var generator = SeededGenerator(seed: seed, name: "\(Self.name)/\(split.rawValue)/\(index)")
        // What the splits must agree in is drawn before the formula, and only the rest is drawn again.
        let operations = generator.draw(in: dials.operations)
        for _ in 0..<Self.drawLimit {
            if let made = Self.draw(operations: operations, dials: dials, split: split, &generator) { return made }
        }
        // `check` saw at least one draw in 4,096 succeed: this cannot be reached by chance.
        preconditionFailure("\(Self.drawLimit) draws with \(dials) gave no \(split.rawValue) problem")
    }

    /// Checks that the split has problems of every number of operations, by drawing.
    ///
    /// - Throws: `ProblemsError` with `impossibleDials`.
    public func check(_ split: ProblemSplit) throws(ProblemsError) {
        let dials = try dials.settled(for: split)
        for operations in dials.operations {
            var generator = SeededGenerator(seed: 0, name: "\(Self.name)/probe/\(split.rawValue)/\(operations)")
            var (draws, found) = (0, 0)
            while found < Self.probeCount, draws < 4096 * Self.probeCount {
                draws += 1
                if Self.draw(operations: operations, dials: dials, split: split, &generator) != nil { found += 1 }
            }
            guard found == Self.probeCount else {
                throw ProblemsError(
                    .impossibleDials,
                    "At least one draw in 4096 must make a problem of \(split.rawValue); of \(draws) with operations="
                        + "\(operations) \(found) did. Allow more functions or columns, widen values or constants, or misdescribe "
                        + "fewer.")
            }
        }
    }

    private static let drawLimit = 1_000_000
    private static let probeCount = 4

    /// Draws a request; nil if it says too little, belongs to another split, or a surrogate's rule drops it.
    private static func draw(
        operations: Int, dials: FormulaDials, split: ProblemSplit, _ generator: inout SeededGenerator
    ) -> MadeRequest? {
        let table = TableDraw.table(
            columns: generator.draw(in: dials.columns), rows: generator.draw(in: dials.rows), values: dials.values,
            &generator)
        let draw = FormulaDraw(table: table, constructs: dials.functions, constants: dials.constants)
        guard let formula = draw.formula(operations: operations, &generator), split.isShift || formula.split == split,
            FormulaSteps(formula).isInformative(over: [table])
        else { return nil }
        var told = formula
        // Drawn always, so that the share changes nothing else.
        if Double(generator.nextUnitFloat()) < dials.misdescribed {
            let kind = generator.draw(from: Misdescription.allCases)
            guard let other = kind.applied(to: formula, over: table, constants: dials.constants, &generator) else {
                return nil
            }
            told = other
        }
        let question = FormulaQuestion(table: table, request: RequestTelling.text(of: told, &generator))
        let hidden = question.hidden
        guard FormulaSteps(formula).isInformative(over: hidden) else { return nil }
        // What comes to the same everywhere is not misdescribed.
        let differs = hidden.contains { table in
            let sheet = FormulaSheet(table)
            return (try? sheet.outcomes(of: told)) != (try? sheet.outcomes(of: formula))
        }
        guard told == formula || differs else { return nil }
        let request = FormulaRequest(question: question, formula: formula)
        guard dials.validate.allSatisfy({ $0.reasonToDropByRule(request) == nil }) else { return nil }
        return MadeRequest(request: request, told: told)
    }
}

/// A request with the formula that it tells, which is another one if it was misdescribed.
struct MadeRequest: Sendable {
    let request: FormulaRequest
    let told: Formula

    var isMisdescribed: Bool { told != request.formula }
}
