extension ConstraintDials {
    /// Reads dials as a recipe writes them; those that are absent keep their defaults.
    ///
    /// Keys: `variables`, `domain`, `splits`, `distractors`, `shifted-variables`, `shifted-domain`, each a range `2..3` or one
    /// number.
    ///
    /// - Throws: `ProblemsError` if a key is unknown or its text cannot be read. Limits are not checked here.
    init(parsing dials: [String: String]) throws(ProblemsError) {
        self.init()
        // Sorted, so that of several errors the same one is reported each time.
        for (key, value) in dials.sorted(by: { $0.key < $1.key }) {
            switch key {
            case "variables": variables = try DialText.range(value, key)
            case "domain": domain = try DialText.range(value, key)
            case "splits": splits = try DialText.range(value, key)
            case "distractors": distractors = try DialText.range(value, key)
            case "shifted-variables": shiftedVariables = try DialText.range(value, key)
            case "shifted-domain": shiftedDomain = try DialText.range(value, key)
            default:
                throw DialText.unknown(
                    key, of: ConstraintFamily.name,
                    dials: ["variables", "domain", "splits", "distractors", "shifted-variables", "shifted-domain"])
            }
        }
    }
}
