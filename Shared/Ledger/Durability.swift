/// What a committed transaction survives.
public enum Durability: String, Sendable, CaseIterable {
    /// Every commit is fsynced: it survives a power failure.
    case durable
    /// It survives the crash of any process, but not of the machine.
    case processCrash = "process-crash"
}
