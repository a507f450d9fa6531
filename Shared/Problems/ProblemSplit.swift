/// Which side of the walls between training and evaluation a problem is on.
public enum ProblemSplit: String, Sendable, CaseIterable {
    /// Problems that may be trained on.
    case train
    /// Problems that are only evaluated on, drawn as those of `train` are.
    case test
    /// Problems that are only evaluated on, of larger numbers than any of `train` or `test`.
    case rangeShift = "range-shift"
    /// Problems that are only evaluated on, of another number of parts than any of `train` or `test`.
    case formShift = "form-shift"

    /// Whether the problems differ by construction from those that are trained on.
    var isShift: Bool { self == .rangeShift || self == .formShift }
}
