import Credit
import Mathematics
import Wire

/// A rollout with its verdict, as a group brings it.
struct GradedRollout {
    let id: String
    let rollout: Rollout
    let verdict: Mathematics.Verdict
    /// The kind of error; empty if it is none. `lost` is a rollout that never was graded.
    let errorKind: String

    /// Reads a member of a group; a slot that did not end with a result counts as an error.
    ///
    /// - Parameter cutOffIsNoAnswer: whether a rollout that was cut off is without an answer, though one may stand where it ends.
    init(_ member: Member, cutOffIsNoAnswer: Bool) throws {
        id = member.item
        guard member.end == .result else {
            // What ended the slot may be the request, whose body is no rollout.
            rollout = Rollout()
            verdict = .error(reason: member.reason)
            let kind = (try? Wire.Verdict(decoding: member.result))?.errorKind ?? ""
            errorKind = member.result.isEmpty ? "lost" : kind.isEmpty ? "other" : kind
            return
        }
        rollout = try Rollout(decoding: member.body)
        let graded = try Wire.Verdict(decoding: member.result)
        errorKind = graded.grade != .gradingError ? "" : graded.errorKind.isEmpty ? "other" : graded.errorKind
        let isCutOff = cutOffIsNoAnswer && rollout.finish == .length
        verdict =
            switch graded.grade {
            case .correct, .incorrect: isCutOff ? .noAnswer : graded.grade == .correct ? .correct : .incorrect
            case .noAnswer: .noAnswer
            case .gradingError, .unspecified: .error(reason: graded.reason)
            }
    }
}

extension Rollout {
    /// Its tokens, divided into steps.
    func steps() throws -> StepTokens {
        try StepTokens(tokens: tokens.map { Int32(bitPattern: $0) }, stepEnds: stepEnds.map(Int.init))
    }
}
