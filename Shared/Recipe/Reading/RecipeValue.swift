/// A type that one key of a recipe can have: read from a node, printed as YAML.
protocol RecipeValue {
    /// Reads the value; nil where the node is of another type.
    init?(_ node: RecipeNode)

    /// The value as YAML that reads back as an equal value.
    var rendering: Rendering { get }
}

extension Int: RecipeValue {
    init?(_ node: RecipeNode) {
        guard let text = node.plainText, let value = Int(text) else { return nil }
        self = value
    }

    var rendering: Rendering { .text(description) }
}

extension UInt64: RecipeValue {
    init?(_ node: RecipeNode) {
        guard let text = node.plainText, let value = UInt64(text) else { return nil }
        self = value
    }

    var rendering: Rendering { .text(description) }
}

extension Double: RecipeValue {
    init?(_ node: RecipeNode) {
        // Only decimal digits: Swift would also read hexadecimal, infinities and nan.
        guard let text = node.plainText, text.allSatisfy({ "0123456789.+-eE".contains($0) }),
            let value = Double(text), value.isFinite
        else { return nil }
        self = value
    }

    // The shortest digits that read back as the same number.
    var rendering: Rendering { .text(description) }
}

extension Bool: RecipeValue {
    init?(_ node: RecipeNode) {
        guard let text = node.plainText, let value = Bool(text) else { return nil }
        self = value
    }

    var rendering: Rendering { .text(description) }
}

extension String: RecipeValue {
    init?(_ node: RecipeNode) {
        guard case .scalar(let text, _) = node.content, !node.isNull else { return nil }
        self = text
    }

    var rendering: Rendering { .quotedWhereNeeded(self) }
}

extension ClosedRange<Int>: RecipeValue {
    init?(_ node: RecipeNode) {
        guard case .list(let ends) = node.content, ends.count == 2, let low = Int(ends[0]), let high = Int(ends[1]),
            low <= high
        else { return nil }
        self = low...high
    }

    var rendering: Rendering { .text("[\(lowerBound), \(upperBound)]") }
}

extension Array: RecipeValue where Element: RecipeValue {
    init?(_ node: RecipeNode) {
        guard case .list(let elements) = node.content else { return nil }
        self = elements.compactMap { Element($0) }
        guard count == elements.count else { return nil }
    }

    var rendering: Rendering { .text("[\(map(\.rendering.flow).joined(separator: ", "))]") }
}

/// A value that is one of a few words.
protocol RecipeChoice: RecipeValue, RawRepresentable<String>, CaseIterable {}

extension RecipeChoice {
    init?(_ node: RecipeNode) {
        guard let text = String(node) else { return nil }
        self.init(rawValue: text)
    }

    var rendering: Rendering { .text(rawValue) }
}
