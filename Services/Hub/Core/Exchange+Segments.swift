import Ledger

/// What becomes of the bodies of closed stages.
extension Exchange {
    /// Moves some bodies of closed stages into a segment: a bounded piece of work, for when nothing else waits.
    ///
    /// - Returns: whether there is more to move.
    /// - Throws: `LedgerError` if the ledger failed; the exchange is of no use then. Else what kept the blob from being
    ///   written: nothing has changed then, and a later call tries again.
    public func writeSegment() throws -> Bool {
        try ledger.transaction {
            try $0.writeSegment(to: blobs, limit: settings.segmentBytes, keepsAll: settings.keepsPayloads)
        }
    }
}
