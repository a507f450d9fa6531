/// The disjoint parts of a problem family.
public enum ProblemSplit: String, Sendable, CaseIterable {
    /// Never trained on.
    case test
    /// What training draws from; of a family, problems that no stage trains on.
    case train
    /// Those that supervised stages teach, from the first on.
    case taught
    /// Never trained on; larger numbers than any problem of `test` or `train`.
    case rangeShift = "range-shift"
    /// Never trained on; another number of parts than any problem of `test` or `train`.
    case formShift = "form-shift"

    /// Whether only families have it, and no data set.
    public var isShift: Bool { self == .rangeShift || self == .formShift }
}

extension ProblemSplit: RecipeChoice {}
