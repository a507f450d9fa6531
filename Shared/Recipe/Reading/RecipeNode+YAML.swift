import Yams

extension RecipeNode {
    /// Parses a YAML text of one document.
    ///
    /// - Parameter source: what places name: the file, or the option.
    /// - Parameter hasLines: whether places tell line and column, which make no sense within an option.
    /// - Throws: `notYAML` with the line, when the text does not parse.
    init(yaml: String, source: String, hasLines: Bool) throws(RecipeError) {
        func place(_ mark: Mark?) -> RecipePlace {
            guard hasLines, let mark else { return RecipePlace(source: source) }
            return RecipePlace(source: source, line: mark.line, column: mark.column)
        }
        let root: Node?
        do {
            root = try Yams.compose(yaml: yaml)
        } catch let error as YamlError {
            let (mark, reason) = Self.explanation(of: error)
            throw RecipeError(.notYAML, at: place(mark), "The text must be YAML; \(reason).")
        } catch {
            throw RecipeError(.notYAML, at: place(nil), "The text must be YAML; \(error).")
        }
        guard let root else {
            self.init(content: .scalar("", isPlain: true), place: place(nil))
            return
        }
        try self.init(root, place: place)
    }

    private init(_ node: Node, place: (Mark?) -> RecipePlace) throws(RecipeError) {
        switch node {
        case .scalar(let scalar):
            let isPlain = scalar.style == .plain || scalar.style == .any
            self.init(content: .scalar(scalar.string, isPlain: isPlain), place: place(scalar.mark))
        case .sequence(let sequence):
            var elements: [RecipeNode] = []
            for element in sequence { elements.append(try RecipeNode(element, place: place)) }
            self.init(content: .list(elements), place: place(sequence.mark))
        case .mapping(let mapping):
            var entries: [Entry] = []
            for (key, value) in mapping {
                guard case .scalar(let name) = key else {
                    throw RecipeError(
                        .notYAML, at: place(key.mark),
                        "A key must be a word; got a list or a mapping. Write key: value.")
                }
                let value = try RecipeNode(value, place: place)
                entries.append(Entry(key: name.string, keyPlace: place(name.mark), value: value))
            }
            self.init(content: .mapping(entries), place: place(mapping.mark))
        case .alias(let alias):
            throw RecipeError(
                .notYAML, at: place(alias.mark),
                "A recipe has no aliases; got *\(alias.anchor.rawValue). Write the value out.")
        }
    }

    private static func explanation(of error: YamlError) -> (Mark?, String) {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            return (mark, [problem, context?.text].compactMap { $0 }.joined(separator: " "))
        case .duplicatedKeysInMapping(let names, let context):
            let keys = names.joined(separator: ", ")
            return (context.mark, "a key must stand once in its section, and \(keys) stands twice; remove one")
        case .reader(let problem, _, _, _):
            return (nil, problem)
        default:
            return (nil, "\(error)")
        }
    }
}
