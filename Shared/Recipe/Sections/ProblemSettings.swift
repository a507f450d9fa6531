/// Where problems come from: a family, and how hard they are, or a data set.
public struct ProblemSettings: Sendable, Equatable {
    /// Which family.
    public var family = ProblemFamily.arithmetic

    /// Steps of the reference solution.
    public var steps = 2...4

    /// Operands of one step.
    public var operands = 1...9

    /// The running value at every step.
    public var values = 0...99

    /// How the question is told.
    public var style = ProblemStyle.symbols

    /// Other dials of the family by name, ranges as `low..high`; those that are absent keep the family's defaults.
    public var dials: [String: String] = [:]

    /// A data set's problems for training, in place of a family; nil for a family.
    public var file: String?

    /// The problems that are only evaluated on; nil exactly where `file` is.
    public var testFile: String?

    /// The SHA-256 of `file`; in the recipe of a run that has begun never nil where that is not.
    public var sha256: String?

    /// The SHA-256 of `testFile`, likewise.
    public var testSHA256: String?

    /// The defaults.
    public init() {}
}

extension ProblemSettings: RecipeSection {
    static var keys: [Key<ProblemSettings>] {
        // What a family is told means nothing to a data set.
        [familyKey, dialsKey].map { $0.written { $0.file == nil } }
            + arithmeticKeys.map { $0.written { $0.file == nil && $0.family == .arithmetic } } + dataSetKeys
    }

    static var alternatives: [[String]] {
        [([familyKey, dialsKey] + arithmeticKeys).map(\.name), dataSetKeys.map(\.name)]
    }

    private static var familyKey: Key<ProblemSettings> {
        .value(
            "family", \.family, .choice,
            "The problem family: arithmetic is integer arithmetic in several steps, puzzle combines numbers to a target, "
                + "star-graph finds a path, words tells of quantities that follow from each other, formula asks for a column of a table, "
                + "constraints for integers that Z3, which must be installed, proves to be the only ones.")
    }

    private static var dialsKey: Key<ProblemSettings> {
        .value(
            "dials", \.dials, .dials,
            "The family's dials, which docs/algorithms.md lists; those of arithmetic that are keys here are not written in it."
        ).written { !$0.dials.isEmpty }
    }

    private static var arithmeticKeys: [Key<ProblemSettings>] {
        [
            .value("steps", \.steps, .span(within: 1...64), "Steps of the reference solution; more steps are harder."),
            .value("operands", \.operands, .span(within: 1...1_000_000), "The operand of each step."),
            .value(
                "values", \.values, .span(within: -1_000_000_000...1_000_000_000),
                "Where the running value stays; problems that leave it are not made."),
            .value("style", \.style, .choice, "Questions told in symbols, in words, or half and half."),
        ]
    }

    private static var dataSetKeys: [Key<ProblemSettings>] {
        [
            .optional(
                "file", \.file, .path,
                "In place of a family: the training problems of a data set, JSON Lines as GSM8K has them; a relative path is "
                    + "taken from the current folder."),
            .optional("test_file", \.testFile, .path, "The data set's problems that are only evaluated on."),
            .optional(
                "sha256", \.sha256, .sha256,
                "The SHA-256 of `file`: a run with another file is refused. Filled in at the start of the run."),
            .optional("test_sha256", \.testSHA256, .sha256, "The SHA-256 of `test_file`, likewise."),
        ]
    }

    var conflicts: [Conflict] { misplacedDials + dataSetConflicts }

    private var dataSetConflicts: [Conflict] {
        if file == nil || testFile == nil {
            let given = [("file", file), ("test_file", testFile), ("sha256", sha256), ("test_sha256", testSHA256)]
                .first { $0.1 != nil }
            guard let given else { return [] }
            return [
                Conflict(
                    given.0,
                    message:
                        "must go with both file and test_file: what is evaluated on is never trained on. Give both.")
            ]
        }
        guard file == testFile || (sha256 != nil && sha256 == testSHA256) else { return [] }
        return [
            Conflict(
                "test_file",
                message: "must be another file than file: what is evaluated on is never trained on. Name another one.")
        ]
    }
}
