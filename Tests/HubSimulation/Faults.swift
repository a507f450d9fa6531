public import Wire

/// What goes wrong in a simulation, each in per cent of the occasions.
public struct Faults: Sendable {
    /// A message is lost.
    public var lossPerCent = 0.0
    /// A message arrives twice.
    public var duplicatePerCent = 0.0
    /// A message takes up to 1.5 s.
    public var delayPerCent = 0.0
    /// A worker is killed, in a step of about 60 ms.
    public var killPerCent = 0.0
    /// A worker stands still for up to 5 s.
    public var pausePerCent = 0.0
    /// The hub is killed.
    public var hubKillPerCent = 0.0
    /// The hub is killed after it has written a segment's blob, and before the ledger names it.
    public var segmentKillPerCent = 0.0
    /// A worker fails or releases what it could have completed.
    public var whimsPerCent = 0
    /// A sampler dies of these items; it goes on after `until`.
    public var diesOf: @Sendable (Item) -> Bool = { _ in false }
    /// When all is calm again, in virtual milliseconds: what is left must finish then.
    public var until: Int64 = 90_000

    /// Nothing goes wrong, but for what kills workers.
    public init(diesOf: @escaping @Sendable (Item) -> Bool = { _ in false }) {
        self.diesOf = diesOf
    }

    /// Everything goes wrong.
    public static var all: Faults {
        var faults = Faults()
        faults.lossPerCent = 2
        faults.duplicatePerCent = 3
        faults.delayPerCent = 5
        faults.killPerCent = 0.3
        faults.pausePerCent = 0.3
        faults.hubKillPerCent = 2
        faults.segmentKillPerCent = 90
        faults.whimsPerCent = 5
        return faults
    }
}
