import Ledger
import Wire

/// Rollouts that several verifiers grade: each item is graded by one, and the next one gets an item of its own.
extension Exchange {
    /// What becomes of a graded rollout.
    enum PanelDecision {
        /// The slot ends with the panel's verdict.
        case ends(SlotEnding)
        /// The verifier at this place is asked next.
        case asks(Item, verifier: Int)
    }

    /// Takes in what a verifier of the panel said; nil if the completion stands as it is, because the panel has one verifier or this
    /// is no rollout.
    func panelDecision(
        on complete: Complete, of item: LedgerItem, in transaction: LedgerTransaction
    ) throws -> PanelDecision? {
        let panel = settings.panel
        guard panel.verifiers.count > 1, item.queue == .rollouts, let ending = complete.endings.first,
            ending.end != .dropped
        else { return nil }
        guard let body = try transaction.body(of: item.seq) else {
            throw LedgerError.contradiction("Rollout \(item.id) was leased, and its body was dropped.")
        }
        var rollout = try Rollout(decoding: body)
        var verdict = try verdict(of: ending)
        rollout.judgements.append(
            Judgement(verifier: panel.verifiers[item.verifier], grade: verdict.grade, reason: verdict.reason))
        guard let grade = panel.grade(rollout.judgements) else {
            let next = item.verifier + 1
            let again = Item(
                id: "\(panel.verifiers[next])", queue: .rollouts, purpose: item.purpose, stage: item.stage,
                round: item.round, body: rollout.encoded(), refersTo: item.refersTo, problem: item.problem)
            guard try !transaction.isTaken(wholeID(of: again, from: item)),
                wholeID(of: again, from: item).utf8.count <= OutputCheck.longestIdentifier
            else {
                throw Refusal(.identifier, "An id is used once and is short; \(wholeID(of: again, from: item)) is not.")
            }
            return .asks(again, verifier: next)
        }
        if grade == .gradingError, Set(rollout.judgements.map(\.grade)).count > 1 {
            verdict.reason = "The verifiers must agree: \(VerifierPanel.told(rollout.judgements))."
            verdict.errorKind = "disagreement"
        }
        if grade != .gradingError { verdict.errorKind = "" }
        verdict.grade = grade
        verdict.judgements = rollout.judgements
        let isError = grade == .gradingError
        return .ends(
            SlotEnding(
                group: ending.group, slot: ending.slot, end: isError ? .error : .result, result: verdict.encoded(),
                reason: isError ? verdict.reason : ""))
    }

    /// The verdict that a verifier ended its slot with; a verifier that could not grade may say why and nothing else.
    private func verdict(of ending: SlotEnding) throws(Refusal) -> Verdict {
        if ending.end == .error, ending.result.isEmpty { return Verdict(reason: ending.reason) }
        do {
            return try Verdict(decoding: ending.result)
        } catch {
            throw Refusal(.body, "A rollout ends with a verdict, which this result is not: \(error)")
        }
    }

    /// Who is waited for and not here, a sentence each.
    var missingVerifiers: [String] {
        settings.panel.verifiers.enumerated().compactMap { place, name in
            let waiting = ready.count(ReadyQueues.Lane(.rollouts, verifier: place))
            guard waiting > 0,
                !sessions.values.contains(where: { $0.role == .verifier && $0.peer != nil && $0.verifier == place })
            else { return nil }
            return "\(waiting) rollouts wait for the verifier \(name), and none is at work. Start one"
                + (name == "exact" ? "." : ", which says verifier \(name) in its hello.")
        }
    }
}
