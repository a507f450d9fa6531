/// The disjoint parts of a problem family.
public enum ProblemSplit: String, Sendable, CaseIterable {
    /// Never trained on.
    case test
    /// What training draws from.
    case train
    /// Never trained on; larger numbers than any problem of `test` or `train`.
    case rangeShift = "range-shift"
    /// Never trained on; another number of parts than any problem of `test` or `train`.
    case formShift = "form-shift"

    /// Whether only families have it, and no data set.
    public var isShift: Bool { self == .rangeShift || self == .formShift }
}

extension ProblemSplit: RecipeChoice {}
