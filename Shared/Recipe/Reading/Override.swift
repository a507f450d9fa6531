/// One `--set path=value`: a change to the text of the recipe, made before the text gets its types.
struct Override {
    /// The option as it was written, for messages.
    private let place: RecipePlace
    private let path: [String]
    private let value: RecipeNode

    /// Takes `a.b=c` apart; the value is YAML, so that numbers, lists and quotes mean what they mean in the file.
    ///
    /// - Throws: `badOverride` where a path or a value is missing, `notYAML` where the value does not parse.
    init(_ option: String) throws(RecipeError) {
        let source = "--set \(option)"
        place = RecipePlace(source: source)
        guard let equals = option.firstIndex(of: "=") else {
            throw RecipeError(.badOverride, at: place, "An override must be path=value. Write, say, --set seed=2.")
        }
        path = option[..<equals].split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard path.allSatisfy({ !$0.isEmpty }) else {
            throw RecipeError(
                .badOverride, at: place,
                "The path of an override must be keys with dots between them. Write, for example, --set hub.attempts=5."
            )
        }
        value = try RecipeNode(yaml: String(option[option.index(after: equals)...]), source: source, hasLines: false)
    }

    /// Puts the value where the path leads, through sections that the file left out too.
    ///
    /// Whether the keys exist and the value is allowed is found by the reading that follows.
    ///
    /// - Throws: `badOverride` where the path names an element that a list does not have.
    func apply(to root: inout RecipeNode) throws(RecipeError) {
        root = try changed(root, path[...], isStage: false)
    }

    private func changed(
        _ node: RecipeNode?, _ path: ArraySlice<String>, isStage: Bool
    ) throws(RecipeError) -> RecipeNode {
        guard let first = path.first else { return value }
        let rest = path.dropFirst()
        switch node?.content {
        case .list(var elements):
            let index = try index(of: first, in: elements)
            elements[index] = try changed(elements[index], rest, isStage: true)
            return RecipeNode(content: .list(elements), place: node?.place ?? place)
        case .mapping(var entries):
            if let index = entries.firstIndex(where: { $0.key == first }) {
                entries[index].value = try changed(entries[index].value, rest, isStage: false)
            } else if isStage, entries.count == 1 {
                // The kind of a stage may be left out of a path: stages.improve.beta.
                entries[0].value = try changed(entries[0].value, path, isStage: false)
            } else {
                entries.append(try entry(first, rest))
            }
            return RecipeNode(content: .mapping(entries), place: node?.place ?? place)
        case .scalar, nil:
            return RecipeNode(content: .mapping([try entry(first, rest)]), place: place)
        }
    }

    private func entry(_ key: String, _ rest: ArraySlice<String>) throws(RecipeError) -> RecipeNode.Entry {
        RecipeNode.Entry(key: key, keyPlace: place, value: try changed(nil, rest, isStage: false))
    }

    /// An element of a list by its index from 0 or by the name of its stage, which is its kind where it has no name.
    private func index(of component: String, in elements: [RecipeNode]) throws(RecipeError) -> Int {
        if let index = Int(component), elements.indices.contains(index) { return index }
        let names = elements.map { element -> String in
            guard case .mapping(let entries) = element.content, let stage = entries.first else { return "" }
            return stage.value["name"]?.plainText ?? stage.key
        }
        if let index = names.firstIndex(of: component) { return index }
        let remedy = Suggestion.sentence(for: component, among: names.filter { !$0.isEmpty })
        throw RecipeError(
            .badOverride, at: place,
            "A list of \(elements.count) has no element \(component). \(remedy)")
    }
}
