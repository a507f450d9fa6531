/// Which side of the wall between training and evaluation a problem is on.
public enum ProblemSplit: String, Sendable, CaseIterable {
    /// Problems that may be trained on.
    case train
    /// Problems that are only evaluated on.
    case test
}
