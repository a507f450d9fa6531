import Credit
import Mathematics
import Wire

/// A rollout with its verdict, as a group brings it.
struct GradedRollout {
    let id: String
    let rollout: Rollout
    let verdict: Mathematics.Verdict

    /// Reads a member of a group; a slot that did not end with a result counts as an error.
    init(_ member: Member) throws {
        id = member.item
        guard member.end == .result else {
            // What ended the slot may be the request, whose body is no rollout.
            rollout = Rollout()
            verdict = .error(reason: member.reason)
            return
        }
        rollout = try Rollout(decoding: member.body)
        let graded = try Wire.Verdict(decoding: member.result)
        verdict =
            switch graded.grade {
            case .correct: .correct
            case .incorrect: .incorrect
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
