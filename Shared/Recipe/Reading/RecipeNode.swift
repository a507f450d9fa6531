/// A value of the YAML text before it has a type, with the place it was written at.
struct RecipeNode: Sendable, Equatable {
    /// One key and its value.
    struct Entry: Sendable, Equatable {
        var key: String
        var keyPlace: RecipePlace
        var value: RecipeNode
    }

    /// The three shapes of a YAML value.
    enum Content: Sendable, Equatable {
        /// Plain text is what stands without quotes: only it can be a number, true, false or null.
        case scalar(String, isPlain: Bool)
        case list([RecipeNode])
        case mapping([Entry])
    }

    var content: Content
    var place: RecipePlace

    /// Whether nothing was written, or null.
    var isNull: Bool {
        if case .scalar(let text, isPlain: true) = content { return ["", "~", "null"].contains(text) }
        return false
    }

    /// The text of a value without quotes; nil for anything else.
    var plainText: String? {
        if case .scalar(let text, isPlain: true) = content { return text }
        return nil
    }

    /// The value of a key; nil where this is no mapping or has no such key.
    subscript(key: String) -> RecipeNode? {
        guard case .mapping(let entries) = content else { return nil }
        return entries.first { $0.key == key }?.value
    }

    /// The place of what a path of keys and indices leads to, or of the last value on the way that was written.
    func place(of path: some Collection<String>) -> RecipePlace {
        guard let first = path.first else { return place }
        if case .list(let elements) = content, let index = Int(first), elements.indices.contains(index) {
            return elements[index].place(of: path.dropFirst())
        }
        return self[first]?.place(of: path.dropFirst()) ?? place
    }

    /// What the value looks like in an error message: short, on one line.
    var summary: String {
        switch content {
        case .scalar(let text, let isPlain):
            if isNull { return "nothing" }
            let short = text.count > 60 ? text.prefix(60) + "…" : text[...]
            return isPlain ? String(short) : "the text \"\(short)\""
        case .list(let elements):
            let short = elements.count <= 4 && elements.allSatisfy { $0.plainText != nil }
            return short ? "[\(elements.map(\.summary).joined(separator: ", "))]" : "a list of \(elements.count)"
        case .mapping(let entries):
            return "a mapping with the keys \(entries.map(\.key).joined(separator: ", "))"
        }
    }
}
