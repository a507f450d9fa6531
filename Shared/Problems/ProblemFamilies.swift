/// The problem families by name.
public enum ProblemFamilies {
    /// The names that a recipe may use.
    public static var names: [String] { all.map { $0.name } }

    /// Makes the family that a recipe names, with the dials that it sets.
    ///
    /// - Throws: `ProblemsError` if there is no such family, or its dials are refused.
    public static func family(named name: String, dials: [String: String]) throws(ProblemsError) -> any ProblemFamily {
        guard let type = all.first(where: { $0.name == name }) else {
            throw ProblemsError(
                .unknownFamily,
                "A problem family must be one of: \(names.joined(separator: ", ")); got \"\(name)\".")
        }
        return try type.init(dials: dials)
    }

    /// The levels of a family, from easy to hard; empty if it has none, or there is no such family.
    public static func levels(ofFamily name: String) -> [[String: String]] {
        all.first { $0.name == name }?.levels ?? []
    }

    private static let all: [any ProblemFamily.Type] = [
        ArithmeticFamily.self, ConstraintFamily.self, FormulaFamily.self, PuzzleFamily.self, StarGraphFamily.self,
        WordFamily.self,
    ]
}
