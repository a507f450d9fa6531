extension PuzzleDials {
    /// Reads dials as a recipe writes them; those that are absent keep their defaults.
    ///
    /// Keys: `numbers`, `integers`, `target` and the same with `shifted-` (a range `3..4`, or one number), `bound` and
    /// `shifted-bound` (a number), `operations` (some of `+-*/`).
    ///
    /// - Throws: `ProblemsError` if a key is unknown or its text cannot be read. Limits are not checked here.
    init(parsing dials: [String: String]) throws(ProblemsError) {
        self.init()
        // Sorted, so that of several errors the same one is reported each time.
        for (key, value) in dials.sorted(by: { $0.key < $1.key }) {
            switch key {
            case "numbers": numbers = try DialText.range(value, key)
            case "integers": integers = try DialText.range(value, key)
            case "target": target = try DialText.range(value, key)
            case "bound": bound = try DialText.number(value, key)
            case "operations": operations = try Self.operations(value)
            case "shifted-numbers": shiftedNumbers = try DialText.range(value, key)
            case "shifted-integers": shiftedIntegers = try DialText.range(value, key)
            case "shifted-target": shiftedTarget = try DialText.range(value, key)
            case "shifted-bound": shiftedBound = try DialText.number(value, key)
            default:
                let names = ["numbers", "integers", "target", "bound"]
                throw DialText.unknown(
                    key, of: PuzzleFamily.name, dials: names + names.map { "shifted-\($0)" } + ["operations"])
            }
        }
    }

    private static func operations(_ text: String) throws(ProblemsError) -> [PuzzleOperation] {
        let operations = text.compactMap { PuzzleOperation(rawValue: $0) }
        if !text.isEmpty, operations.count == text.count, Set(operations).count == text.count { return operations }
        throw ProblemsError(
            .unreadableDial,
            "The dial operations must be some of +, -, * and /, each once, for instance +-; got \"\(text)\".")
    }
}
