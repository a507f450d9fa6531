import Mathematics
import Problems
public import Wire

/// Grades rollouts by the check of their problem, and only judges.
public enum Verifier {
    /// Completes a rollout with its verdict.
    ///
    /// - Throws: if the rollout cannot be read, or its problem is not attached: no verdict is made up.
    public static func complete(_ lease: Lease) throws -> Complete {
        let work = try GradingRequest(lease)
        return completion(of: lease, with: work.verdict())
    }

    /// Completes a rollout with a verdict that another process came to.
    ///
    /// - Throws: as `complete(_:)` does, and if no process can be started.
    public static func complete(_ lease: Lease, by process: GradingProcess) async throws -> Complete {
        let work = try GradingRequest(lease)
        return completion(of: lease, with: try await process.verdict(of: work))
    }

    private static func completion(of lease: Lease, with verdict: Wire.Verdict) -> Complete {
        let isError = verdict.grade == .gradingError
        return Complete(
            leases: [lease.id],
            endings: [
                SlotEnding(
                    group: 0, slot: 0, end: isError ? .error : .result, result: verdict.encoded(),
                    reason: isError ? verdict.reason : "")
            ])
    }
}

/// A rollout that cannot be graded.
struct VerifierError: Error, CustomStringConvertible {
    let message: String
    var description: String { message }
}
