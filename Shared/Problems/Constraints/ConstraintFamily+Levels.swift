extension ConstraintFamily {
    /// Dials from easy to hard, for a `DifficultyController`: each level is to replace those of a recipe with the same keys.
    ///
    /// The levels are ours. How hard a policy finds them is for its pass rate to say.
    public static let levels: [[String: String]] = [
        (2, 0, 0), (2, 1, 0), (3, 0, 1), (3, 1, 1), (3, 2, 1), (3, 3, 1), (4, 3, 1),
    ].map { variables, splits, distractors in
        ["variables": "\(variables)", "splits": "\(splits)", "distractors": "\(distractors)"]
    }
}
