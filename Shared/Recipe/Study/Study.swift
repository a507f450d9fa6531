/// The file of a study: a grid of methods, numbers of problems and seeds, each a run of its own.
///
/// What the runs have in common stands in `recipe`, and what a method does in its `stages`, where the word `size` is the number of
/// problems. `docs/studies.md` lists the keys.
public struct Study: Sendable, Equatable {
    /// What the study is called.
    public var name = "study"

    /// The recipe whose newest policy all methods begin with that begin with no other's, by its path beside the study's file.
    public var base = ""

    /// Numbers of problems, smallest first.
    public private(set) var sizes: [Int] = []

    /// The seeds of the runs; problems follow from them too.
    public private(set) var seeds: [Int] = []

    /// The methods, each after the one whose policy it begins with.
    public var methods: [StudyMethod] = []

    /// What the recipes of all cells have, as it was written.
    var common = RecipeNode(content: .mapping([]), place: RecipePlace(source: ""))

    init() {}

    /// Reads a study from its text.
    ///
    /// - Parameter file: the name that messages give to the text.
    /// - Throws: every fault of the study's own keys at once; if there is none, those of the first cell whose recipe has some.
    public init(yaml: String, file: String) throws(RecipeError) {
        let root = try RecipeNode(yaml: yaml, source: file, hasLines: true)
        var reader = RecipeReader(subject: "A study")
        self.init()
        reader.section(root, [], into: &self)
        if !reader.faults.isEmpty { throw RecipeError(reader.faults) }
        for cell in cells { try check(cell) }
    }

    /// All cells: the smallest sizes first, and each after the one whose policy it begins with.
    public var cells: [StudyCell] {
        sizes.flatMap { size in
            seeds.flatMap { seed in
                methods.filter { $0.sizes.isEmpty || $0.sizes.contains(size) }.map {
                    StudyCell(method: $0.name, size: size, seed: UInt64(seed))
                }
            }
        }
    }

    /// The method of a cell.
    public func method(of cell: StudyCell) -> StudyMethod {
        guard let method = methods.first(where: { $0.name == cell.method }) else {
            preconditionFailure("\(cell) is of no method of the study")
        }
        return method
    }

    /// The cell whose policy a cell begins with; nil for one that begins with the base.
    public func parent(of cell: StudyCell) -> StudyCell? {
        method(of: cell).after.map { StudyCell(method: $0, size: cell.size, seed: cell.seed) }
    }

    /// The cells whose policies lead to a cell's, the first one first, and the cell itself.
    public func way(to cell: StudyCell) -> [StudyCell] { (parent(of: cell).map(way) ?? []) + [cell] }

    /// The recipe of a cell.
    ///
    /// - Parameters:
    ///   - model: the file of the policy that it begins with.
    ///   - base: that of the base, where the policy is another.
    /// - Throws: what is wrong with it, by its place in the study's file.
    public func recipe(of cell: StudyCell, model: String, base: String?) throws(RecipeError) -> Recipe {
        let method = method(of: cell)
        func text(_ text: String) -> RecipeNode {
            RecipeNode(content: .scalar(text, isPlain: false), place: method.stages.place)
        }
        func number(_ number: some BinaryInteger) -> RecipeNode {
            RecipeNode(content: .scalar("\(number)", isPlain: true), place: method.stages.place)
        }
        guard case .mapping(var entries) = common.content else {
            preconditionFailure("What recipes have in common was read as a section")
        }
        if method.problems.content != .mapping([]) {
            entries.removeAll { $0.key == "problems" }
            entries.append(
                RecipeNode.Entry(
                    key: "problems", keyPlace: method.problems.place, value: method.problems.withSize(cell.size)))
        }
        let from = RecipeNode.Entry(key: "from", keyPlace: common.place, value: text(model))
        let own: [(String, RecipeNode)] = [
            ("name", text(cell.method)), ("seed", number(cell.seed)),
            ("model", RecipeNode(content: .mapping([from]), place: common.place)),
            ("stages", method.stages.withSize(cell.size)),
        ]
        entries += own.map { RecipeNode.Entry(key: $0, keyPlace: common.place, value: $1) }
        var reader = RecipeReader()
        var recipe = Recipe()
        reader.section(RecipeNode(content: .mapping(entries), place: common.place), [], into: &recipe)
        if !reader.faults.isEmpty { throw RecipeError(reader.faults) }
        recipe.baseModel = base
        return recipe
    }
}

/// One run of a study.
public struct StudyCell: Hashable, Sendable, CustomStringConvertible {
    /// The method's name.
    public let method: String
    /// Its number of problems.
    public let size: Int
    /// The run's seed.
    public let seed: UInt64

    /// Names a cell.
    public init(method: String, size: Int, seed: UInt64) {
        self.method = method
        self.size = size
        self.seed = seed
    }

    /// For messages and the names of folders: `per-step-512-1`.
    public var description: String { "\(method)-\(size)-\(seed)" }
}

extension Study: RecipeSection {
    static var keys: [Key<Study>] {
        [
            .value("name", \.name, .name, "What the study is called."),
            .value(
                "base", \.base, .path, "The recipe of the model that methods begin with, by its path beside this file."),
            .value("sizes", \.sizes, .growing(1...100_000_000), "Numbers of problems."),
            .value("seeds", \.seeds, .growing(0...Int.max), "The seeds of the runs."),
            .node(
                "recipe", \.common,
                "What the recipes of all cells have, without name, seed, model, base_model and stages."),
            .list("methods", \.methods, "The methods, each after the one whose policy it begins with."),
        ]
    }
}
