/// What a committed transaction of the ledger survives.
public enum Durability: String, Sendable, CaseIterable {
    /// A power cut: every commit is on the disk before its answer leaves.
    case durable
    /// The crash of any process, but not of the machine.
    case processCrash = "process-crash"
}

extension Durability: RecipeChoice {}
