extension ArithmeticDials {
    /// Reads dials as a recipe writes them; those that are absent keep their defaults.
    ///
    /// Keys: `steps`, `operands`, `values` (a range `2..4`, or one number), `style` (`symbols`, `words`, `mixed`),
    /// `operations` (some of `+-*`, for instance `+-`).
    ///
    /// - Throws: `ProblemsError` if a key is unknown or its text cannot be read. Limits are not checked here.
    init(parsing dials: [String: String]) throws(ProblemsError) {
        self.init()
        // Sorted, so that of several errors the same one is reported each time.
        for (key, value) in dials.sorted(by: { $0.key < $1.key }) {
            switch key {
            case "steps": steps = try DialText.range(value, key)
            case "operands": operands = try DialText.range(value, key)
            case "values": values = try DialText.range(value, key)
            case "style": style = try Self.style(value)
            case "operations": operations = try Self.operations(value)
            default:
                throw ProblemsError(
                    .unknownDial,
                    "A dial of \(ArithmeticFamily.name) must be one of: operands, operations, steps, style, values; "
                        + "got \"\(key)\".")
            }
        }
    }

    private static func style(_ text: String) throws(ProblemsError) -> Style {
        if let style = Style(rawValue: text) { return style }
        let names = Style.allCases.map(\.rawValue).joined(separator: ", ")
        throw ProblemsError(.unreadableDial, "The dial style must be one of: \(names); got \"\(text)\".")
    }

    private static func operations(_ text: String) throws(ProblemsError) -> [ArithmeticOperation] {
        let operations = text.map { ArithmeticOperation(rawValue: $0) }
        if !operations.isEmpty, operations.allSatisfy({ $0 != nil }), Set(operations).count == operations.count {
            return operations.compactMap { $0 }
        }
        throw ProblemsError(
            .unreadableDial,
            "The dial operations must be some of +, - and *, each once, for instance +-; got \"\(text)\".")
    }
}
