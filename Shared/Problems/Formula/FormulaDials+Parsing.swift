extension FormulaDials {
    /// Reads dials as a recipe writes them; those that are absent keep their defaults.
    ///
    /// Keys: `columns`, `rows`, `operations`, `values`, `constants` (a range `2..4`, or one number), the last three also with
    /// `shifted-` before them; `functions` (`arithmetic+conditions`), `misdescribed` (a share, `0.5`), `validate`
    /// (`output+program+classification`, or `none`).
    ///
    /// - Throws: `ProblemsError` if a key is unknown or its text cannot be read. Limits are not checked here.
    init(parsing dials: [String: String]) throws(ProblemsError) {
        self.init()
        // Sorted, so that of several errors the same one is reported each time.
        for (key, value) in dials.sorted(by: { $0.key < $1.key }) {
            switch key {
            case "columns": columns = try DialText.range(value, key)
            case "rows": rows = try DialText.range(value, key)
            case "operations": operations = try DialText.range(value, key)
            case "values": values = try DialText.range(value, key)
            case "constants": constants = try DialText.range(value, key)
            case "functions": functions = try DialText.list(value, key)
            case "misdescribed": misdescribed = try Self.share(value, key)
            case "validate": validate = value == "none" ? [] : try DialText.list(value, key)
            case "shifted-operations": shiftedOperations = try DialText.range(value, key)
            case "shifted-values": shiftedValues = try DialText.range(value, key)
            case "shifted-constants": shiftedConstants = try DialText.range(value, key)
            default: throw DialText.unknown(key, of: FormulaFamily.name, dials: Self.keys)
            }
        }
    }

    private static let keys = [
        "columns", "constants", "functions", "misdescribed", "operations", "rows", "shifted-constants",
        "shifted-operations", "shifted-values", "validate", "values",
    ]

    private static func share(_ text: String, _ key: String) throws(ProblemsError) -> Double {
        if let share = Double(text), share.isFinite { return share }
        throw ProblemsError(.unreadableDial, "The dial \(key) must be a share, for instance 0.5; got \"\(text)\".")
    }
}
