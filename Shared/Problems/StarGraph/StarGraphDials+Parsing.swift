extension StarGraphDials {
    /// Reads dials as a recipe writes them; those that are absent keep their defaults.
    ///
    /// Keys: `branches`, `length`, `labels` and the same with `shifted-`, each a range `2..3`, or one number.
    ///
    /// - Throws: `ProblemsError` if a key is unknown or its text cannot be read. Limits are not checked here.
    init(parsing dials: [String: String]) throws(ProblemsError) {
        self.init()
        // Sorted, so that of several errors the same one is reported each time.
        for (key, value) in dials.sorted(by: { $0.key < $1.key }) {
            switch key {
            case "branches": branches = try DialText.range(value, key)
            case "length": length = try DialText.range(value, key)
            case "labels": labels = try DialText.range(value, key)
            case "shifted-branches": shiftedBranches = try DialText.range(value, key)
            case "shifted-length": shiftedLength = try DialText.range(value, key)
            case "shifted-labels": shiftedLabels = try DialText.range(value, key)
            default:
                let names = ["branches", "length", "labels"]
                throw DialText.unknown(key, of: StarGraphFamily.name, dials: names + names.map { "shifted-\($0)" })
            }
        }
    }
}
