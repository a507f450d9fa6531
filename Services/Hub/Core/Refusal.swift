import Wire

/// Why the hub does not do what a message asks. Nothing was changed.
struct Refusal: Error, Equatable {
    /// A short fixed word; it names the counter and travels in the answer.
    enum Code: String, CaseIterable {
        case malformed, run, superseded, lineage, unknownSession = "unknown-session", role, leaseExpired =
            "lease-expired"
        case unknownLease = "unknown-lease", notYours = "not-yours", queue, slots, purpose, identifier, body
        case fanOut = "fan-out", checkpoint, blobMissing = "blob-missing", blob, chain, command
    }

    let code: Code
    let reason: String

    init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }
}
