/// A method that a study measures.
public struct StudyMethod: Sendable, Equatable {
    /// What the study calls it.
    public var name = ""

    /// The method whose policy of the same size and seed it begins with; nil for the base.
    public var after: String?

    /// Which of its policy versions it leaves.
    public var keeps = KeptPolicy.newest

    /// The sizes it is measured at; empty for all of the study's.
    public private(set) var sizes: [Int] = []

    /// Its problems, as they were written; an empty section for those of all cells.
    var problems = RecipeNode(content: .mapping([]), place: RecipePlace(source: ""))

    /// The stages, as they were written.
    var stages = RecipeNode(content: .list([]), place: RecipePlace(source: ""))

    init() {}
}

/// Which policy version of a run counts.
public enum KeptPolicy: String, Sendable, CaseIterable {
    /// The last one.
    case newest
    /// The one with the most problems solved among those that were evaluated on split `train`, which are held out: early stopping.
    /// The earliest of equals.
    case best
}

extension KeptPolicy: RecipeChoice {}

extension StudyMethod: RecipeSection {
    static var keys: [Key<StudyMethod>] {
        [
            .value("name", \.name, .name, "What the study calls the method."),
            .optional(
                "after", \.after, .name,
                "The method whose policy of the same size and seed it begins with; the base if left out."),
            .value(
                "keeps", \.keeps, .choice,
                "The policy version that counts: the newest, or the best on the held-out problems of evaluations with split train."
            ),
            .value("sizes", \.sizes, .growing(1...100_000_000), "Its sizes, if not all."),
            .node(
                "problems", \.problems,
                "Its problems, as in a recipe, in place of those of all cells: what it is taught may differ from what it is tested on."
            ),
            .node("stages", \.stages, "Its stages, as in a recipe; the word size stands for the number of problems."),
        ]
    }

    var conflicts: [Conflict] {
        name.isEmpty ? [Conflict("name", message: "must be there; got none. Name the method.")] : []
    }
}

extension RecipeNode {
    /// The node with the number in place of each plain word `size`, and with the value of this size in place of each mapping
    /// `{by_size: {128: …, 256: …}}`; one that has no such value stays, and is refused when the recipe is read.
    func withSize(_ size: Int) -> RecipeNode {
        var node = self
        switch content {
        case .scalar("size", isPlain: true): node.content = .scalar("\(size)", isPlain: true)
        case .scalar: break
        case .list(let elements): node.content = .list(elements.map { $0.withSize(size) })
        case .mapping(let entries):
            if entries.count == 1, entries[0].key == "by_size", let value = entries[0].value["\(size)"] {
                return value.withSize(size)
            }
            node.content = .mapping(
                entries.map { Entry(key: $0.key, keyPlace: $0.keyPlace, value: $0.value.withSize(size)) })
        }
        return node
    }
}

extension Key {
    /// A key whose value is read later.
    static func node(_ name: String, _ property: WritableKeyPath<Owner, RecipeNode>, _ effect: String) -> Key {
        Key(
            name: name, phrase: "a section or a list", effect: effect, children: [],
            read: { node, _, owner, _ in owner[keyPath: property] = node }, write: { _ in nil })
    }
}
