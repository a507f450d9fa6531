/// One key of a section: the single place that its name, its rule, its effect, its reading and its printing come from.
struct Key<Owner> {
    /// The name in the file.
    let name: String

    /// What the value must be; "a section" and the like where it has keys of its own.
    let phrase: String

    /// What the key does, with its unit, as a sentence for messages and `docs/recipes.md`.
    let effect: String

    /// The keys of the section that the value is; empty for a plain value.
    let children: [KeyDescription]

    /// Reads the node at a path into its owner, or reports why it cannot.
    let read: (RecipeNode, [String], inout Owner, inout RecipeReader) -> Void

    /// The owner's value; nil for a choice that the owner did not make.
    let write: (Owner) -> Rendering?
}

extension Key {
    /// A key with a plain value.
    static func value<Value: RecipeValue>(
        _ name: String, _ property: WritableKeyPath<Owner, Value>, _ rule: Rule<Value>, _ effect: String
    ) -> Key {
        Key(
            name: name, phrase: rule.phrase, effect: effect, children: [],
            read: { node, path, owner, reader in
                let hint = "\(effect) The default is \(owner[keyPath: property].rendering.flow)."
                if let value: Value = reader.value(node, path, rule, hint: hint) { owner[keyPath: property] = value }
            },
            write: { $0[keyPath: property].rendering })
    }

    /// A key with a plain value that may be absent.
    static func optional<Value: RecipeValue>(
        _ name: String, _ property: WritableKeyPath<Owner, Value?>, _ rule: Rule<Value>, _ effect: String
    ) -> Key {
        Key(
            name: name, phrase: rule.phrase, effect: effect, children: [],
            read: { node, path, owner, reader in
                if let value: Value = reader.value(node, path, rule, hint: effect) { owner[keyPath: property] = value }
            },
            write: { $0[keyPath: property]?.rendering })
    }

    /// The key, printed only for owners that it means something to.
    func written(where applies: @escaping (Owner) -> Bool) -> Key {
        let write = write
        return Key(
            name: name, phrase: phrase, effect: effect, children: children, read: read,
            write: { applies($0) ? write($0) : nil })
    }

    /// A key with a section of keys.
    static func section<Section: RecipeSection>(
        _ name: String, _ property: WritableKeyPath<Owner, Section>, _ effect: String
    ) -> Key {
        Key(
            name: name, phrase: "a section", effect: effect, children: Section.descriptions,
            read: { node, path, owner, reader in reader.section(node, path, into: &owner[keyPath: property]) },
            write: { $0[keyPath: property].rendering })
    }

    /// A key with a list of sections.
    static func list<Section: RecipeSection>(
        _ name: String, _ property: WritableKeyPath<Owner, [Section]>, _ effect: String
    ) -> Key {
        Key(
            name: name, phrase: "a list", effect: effect, children: Section.descriptions,
            read: { node, path, owner, reader in
                guard case .list(let elements) = node.content else {
                    reader.report(.badValue, node.place, path, "must be a list; got \(node.summary). \(effect)")
                    return
                }
                owner[keyPath: property] = elements.enumerated().map { index, element in
                    var section = Section()
                    reader.section(element, path + ["\(index)"], into: &section)
                    return section
                }
            },
            write: { .list($0[keyPath: property].map(\.rendering)) })
    }

    /// One of the keys that exclude one another, with a plain value.
    static func choice<Value: RecipeValue>(
        _ name: String, _ rule: Rule<Value>, _ effect: String, make: @escaping (Value) -> Owner,
        get: @escaping (Owner) -> Value?
    ) -> Key {
        Key(
            name: name, phrase: rule.phrase, effect: effect, children: [],
            read: { node, path, owner, reader in
                if let value: Value = reader.value(node, path, rule, hint: effect) { owner = make(value) }
            },
            write: { get($0)?.rendering })
    }

    /// One of the keys that exclude one another, with a section of keys.
    static func choice<Section: RecipeSection>(
        _ name: String, _ effect: String, make: @escaping (Section) -> Owner, get: @escaping (Owner) -> Section?
    ) -> Key {
        Key(
            name: name, phrase: "a section", effect: effect, children: Section.descriptions,
            read: { node, path, owner, reader in
                var section = Section()
                reader.section(node, path, into: &section)
                owner = make(section)
            },
            write: { get($0)?.rendering })
    }
}
