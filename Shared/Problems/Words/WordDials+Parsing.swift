extension WordDials {
    /// Reads dials as a recipe writes them; those that are absent keep their defaults.
    ///
    /// Keys: `operations`, `distractors`, `values`, `factors`, `generations` (a range `2..4`, or one number), `limit` (one
    /// number), `relations` (`more+fewer+times`), `evolve` (`change-numbers+more-complex`).
    ///
    /// - Throws: `ProblemsError` if a key is unknown or its text cannot be read. Limits are not checked here.
    init(parsing dials: [String: String]) throws(ProblemsError) {
        self.init()
        // Sorted, so that of several errors the same one is reported each time.
        for (key, value) in dials.sorted(by: { $0.key < $1.key }) {
            switch key {
            case "operations": operations = try DialText.range(value, key)
            case "distractors": distractors = try DialText.range(value, key)
            case "values": values = try DialText.range(value, key)
            case "factors": factors = try DialText.range(value, key)
            case "limit": limit = try DialText.number(value, key)
            case "relations": relations = try DialText.list(value, key)
            case "evolve": evolve = try DialText.list(value, key)
            case "generations": generations = try DialText.range(value, key)
            case "shifted-operations": shiftedOperations = try DialText.range(value, key)
            case "shifted-values": shiftedValues = try DialText.range(value, key)
            case "shifted-limit": shiftedLimit = try DialText.number(value, key)
            default: throw DialText.unknown(key, of: WordFamily.name, dials: Self.keys)
            }
        }
        guard dials["generations"] == nil || !evolve.isEmpty else {
            throw ProblemsError(
                .impossibleDials,
                "The dial generations says how often problems are evolved; got \(text(generations)) without evolve. "
                    + "Set evolve, for instance to more-complex, or leave generations out.")
        }
    }

    private static let keys = [
        "distractors", "evolve", "factors", "generations", "limit", "operations", "relations", "shifted-limit",
        "shifted-operations", "shifted-values", "values",
    ]
}
