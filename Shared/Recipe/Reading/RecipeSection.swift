/// A part of the recipe with keys of its own; its table of keys drives reading, checking, printing and the documents.
protocol RecipeSection: Sendable, Equatable {
    /// The section with every default.
    init()

    /// The keys in the order in which they are printed.
    static var keys: [Key<Self>] { get }

    /// Whether exactly one of the keys must be there.
    static var choosesOneKey: Bool { get }

    /// Sets of keys of which only one may be there.
    static var alternatives: [[String]] { get }

    /// The rules between values that are each allowed; asked only when the section has no other fault.
    var conflicts: [Conflict] { get }
}

extension RecipeSection {
    static var choosesOneKey: Bool { false }

    static var alternatives: [[String]] { [] }

    var conflicts: [Conflict] { [] }

    /// The section as YAML, every default filled in.
    var rendering: Rendering {
        .mapping(Self.keys.compactMap { key in key.write(self).map { (key.name, $0) } })
    }

    /// The table for documents.
    static var descriptions: [KeyDescription] {
        let preset = Self()
        return keys.map { key in
            KeyDescription(
                name: key.name, phrase: key.phrase, effect: key.effect,
                preset: key.children.isEmpty ? key.write(preset)?.flow : nil, children: key.children)
        }
    }
}
