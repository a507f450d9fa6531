/// One contradiction in a ledger.
public struct AuditFinding: Sendable, Equatable {
    /// The check that found it.
    public let check: String
    /// The rule and what is there instead.
    public let sentence: String
    /// The ids of the items, groups, checkpoints or policy versions that it is about.
    public let ids: [String]

    init(_ check: String, _ sentence: String, _ ids: [String]) {
        self.check = check
        self.sentence = sentence
        self.ids = ids
    }
}
