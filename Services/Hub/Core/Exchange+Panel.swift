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

    /// Takes in what a verifier said; nil if the completion stands as it is, because this is no rollout, or a result that no other
    /// verifier is asked of.
    func panelDecision(
        on complete: Complete, of item: LedgerItem, in transaction: LedgerTransaction
    ) throws -> PanelDecision? {
        let panel = settings.panel
        guard item.queue == .rollouts, let ending = complete.endings.first, ending.end != .dropped,
            panel.verifiers.count > 1 || ending.end == .error
        else { return nil }
        let verdict = try verdict(of: ending)
        guard panel.verifiers.count > 1 else { return .ends(Self.ending(ending, with: verdict)) }
        guard let body = try transaction.body(of: item.seq) else {
            throw LedgerError.contradiction("Rollout \(item.id) was leased, and its body was dropped.")
        }
        var rollout = try Rollout(decoding: body)
        guard rollout.judgements.count == item.verifier else {
            throw LedgerError.contradiction(
                "Rollout \(item.id) waits for verifier \(item.verifier), and \(rollout.judgements.count) have judged it."
            )
        }
        rollout.judgements.append(Judgement(of: verdict, by: panel.verifiers[item.verifier]))
        if let whole = panel.verdict(rollout.judgements) { return .ends(Self.ending(ending, with: whole)) }
        let next = item.verifier + 1
        let again = Item(
            id: "v\(next)", queue: .rollouts, purpose: item.purpose, stage: item.stage, round: item.round,
            body: rollout.encoded(), refersTo: item.refersTo, problem: item.problem)
        let id = wholeID(of: again, from: item)
        guard try !transaction.isTaken(id), id.utf8.count <= OutputCheck.longestIdentifier else {
            throw Refusal(.identifier, "An id is used once and is short; \(id) is not.")
        }
        return .asks(again, verifier: next)
    }

    /// The verdict that a verifier ended its slot with. One that could not grade may say why and nothing else.
    private func verdict(of ending: SlotEnding) throws(Refusal) -> Verdict {
        var verdict: Verdict
        do {
            verdict = try ending.result.isEmpty && ending.end == .error ? Verdict() : Verdict(decoding: ending.result)
        } catch {
            throw Refusal(.body, "A rollout ends with a verdict, which this result is not: \(error)")
        }
        if ending.end == .error || verdict.grade == .unspecified { verdict.grade = .gradingError }
        if verdict.reason.isEmpty { verdict.reason = ending.reason }
        return verdict
    }

    private static func ending(_ ending: SlotEnding, with verdict: Verdict) -> SlotEnding {
        let isError = verdict.grade == .gradingError
        return SlotEnding(
            group: ending.group, slot: ending.slot, end: isError ? .error : .result, result: verdict.encoded(),
            reason: isError ? verdict.reason : "")
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
