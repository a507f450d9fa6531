import Basics
import Ledger
import Wire

/// Completion: the input is done and the outputs are enqueued, in the same transaction.
extension Exchange {
    func complete(
        _ complete: Complete, by session: Int64, in transaction: LedgerTransaction, at now: Moment
    ) throws -> AnswerCode {
        guard let first = complete.leases.first else {
            throw Refusal(.unknownLease, "A completion names its lease; this one names none.")
        }
        // The same again, because the answer was lost: nothing is done twice. One that names other leases too is not the same.
        if try complete.leases.allSatisfy({ try leases[$0] == nil && transaction.end(of: $0) == .completed }) {
            count("completions.again")
            return .alreadyDone
        }
        guard let role = sessions[session]?.role else { return .unknownSession }
        if let checkpoint = complete.checkpoint {
            try commit(checkpoint, complete, by: session, role, in: transaction, at: now)
            return .ok
        }
        guard complete.leases.count == 1 else {
            throw Refusal(.checkpoint, "Only a checkpoint completes more than one lease; got \(complete.leases.count).")
        }
        let item = try held(first, by: session, in: transaction).item
        guard item.queue != .experience else {
            throw Refusal(.checkpoint, "Experience is completed by a checkpoint that names it.")
        }
        let facts = try check(complete, of: item, role, in: transaction)
        var complete = complete
        switch try panelDecision(on: complete, of: item, in: transaction) {
        case .asks(let again, let verifier):
            try finish(first, in: transaction, at: now)
            try enqueue(
                again, ItemBody.Facts(), id: wholeID(of: again, from: item), slots: item.slots, joined: nil,
                parent: item.seq, verifier: verifier, in: transaction, at: now)
            return .ok
        case .ends(let ending): complete.endings = [ending]
        case nil: break
        }
        try finish(first, in: transaction, at: now)
        try write(complete, facts, of: item, in: transaction, at: now)
        return .ok
    }

    /// Everything that could refuse the completion; nothing is written yet. Returns what the new items' bodies say.
    private func check(
        _ complete: Complete, of item: LedgerItem, _ role: Role, in transaction: LedgerTransaction
    ) throws -> [ItemBody.Facts] {
        let facts = try OutputCheck(input: item, authority: Authority.of(role)).check(complete)
        let outputs = complete.items.map(\.item) + complete.groups.compactMap(\.whenFull)
        var purposes: [String: Purpose] = [:]
        for new in outputs {
            let id = wholeID(of: new, from: item)
            guard id.utf8.count <= OutputCheck.longestIdentifier, purposes.updateValue(new.purpose, forKey: id) == nil,
                try !transaction.isTaken(id)
            else { throw Refusal(.identifier, "An id is used once and is short; '\(id)' is not.") }
        }
        for new in outputs {
            for reference in new.refersTo {
                guard let purpose = try purposes[reference] ?? transaction.purpose(ofID: reference) else {
                    throw Refusal(.lineage, "Item \(new.id) refers to '\(reference)', which does not exist.")
                }
                guard purpose != .evaluation || new.purpose == .evaluation else {
                    throw Refusal(
                        .purpose, "Item \(new.id) is no evaluation and may not refer to one; '\(reference)' is.")
                }
            }
        }
        if role == .advantage {
            let asked = complete.groups.reduce(0) { $0 + $1.size }
            let before = asked == 0 ? 0 : try transaction.fanOut(of: item.problem)
            guard before + asked <= settings.fanOutPerProblem else {
                throw Refusal(
                    .fanOut,
                    "Problem \(item.problem) may have \(settings.fanOutPerProblem) rollouts and continuations in all; "
                        + "\(before) were asked for, and \(asked) more.")
            }
        }
        return facts
    }

    private func finish(_ lease: UInt64, in transaction: LedgerTransaction, at now: Moment) throws {
        guard let live = forget(lease) else { return }
        try transaction.end(lease: lease, as: .completed, reason: "", at: now.unixMilliseconds)
        try transaction.setState(.done, of: live.item.seq)
        count(live.item, from: .leased, to: .done)
        if live.item.queue == .rollouts, live.item.verifier == 0 { gradedRollouts += 1 }
    }

    private func write(
        _ complete: Complete, _ facts: [ItemBody.Facts], of input: LedgerItem, in transaction: LedgerTransaction,
        at now: Moment
    ) throws {
        // Container 0 is the completed item; container n the n-th new group.
        var containers = [input.slots]
        for new in complete.groups {
            let owner = try part(new.owns, of: containers[new.group])
            var whenFull = new.whenFull
            if let item = new.whenFull { whenFull?.id = wholeID(of: item, from: input) }
            let member = new.whenFull ?? complete.items.first { $0.group == new.number }?.item
            let problem = new.kind == .rollout ? member?.problem ?? "" : ""
            let id = try transaction.open(
                LedgerGroup(
                    kind: new.kind, size: new.size, owns: owner, openedBy: input.seq, problem: problem,
                    whenFull: whenFull))
            containers.append(OwnedSlots(group: id, first: 0, count: new.size))
            if new.kind == .order { problemsInFlight += new.size }
        }
        for (new, facts) in zip(complete.items, facts) {
            let slots = new.owns.count == 0 ? nil : try part(new.owns, of: containers[new.group])
            try enqueue(
                new.item, facts, id: wholeID(of: new.item, from: input), slots: slots, joined: nil, parent: input.seq,
                in: transaction, at: now)
        }
        for ending in complete.endings {
            let slots = try part(SlotRange(first: ending.slot, count: 1), of: containers[ending.group])
            try end(
                slot: slots.first, of: slots.group, as: ending.end, by: input.seq, result: ending.result,
                reason: ending.reason, in: transaction, at: now)
        }
    }

    private func part(_ range: SlotRange, of whole: OwnedSlots?) throws -> OwnedSlots {
        guard let whole, range.first + range.count <= whole.count else {
            throw LedgerError.contradiction(
                "Slots \(range.first) to \(range.first + range.count) were checked to be there.")
        }
        return OwnedSlots(group: whole.group, first: whole.first + range.first, count: range.count)
    }

    private func enqueue(
        _ item: Item, _ facts: ItemBody.Facts, id: String, slots: OwnedSlots?, joined: Int64?, parent: Int64,
        verifier: Int = 0, in transaction: LedgerTransaction, at now: Moment
    ) throws {
        let new = LedgerItem(
            id: id, queue: item.queue, purpose: item.purpose, stage: item.stage, round: item.round,
            priority: facts.priority, weight: facts.weight, slots: slots, joinedGroup: joined, problem: item.problem,
            refersTo: item.refersTo, verifier: verifier)
        let state = item.queue == .problems ? LedgerItem.State.record : .ready
        guard
            let inserted = try transaction.insert(
                new, body: item.body, state: state, parent: parent, at: now.unixMilliseconds)
        else { throw LedgerError.contradiction("Item \(id) was checked to be new, but its id is taken.") }
        count(inserted, from: nil, to: state)
        if state == .ready { ready.push(inserted) }
    }

    /// Items of the queue `stages` name their whole id; all others are named after the completed item.
    func wholeID(of item: Item, from input: LedgerItem) -> String {
        item.queue == .stages ? item.id : "\(input.id).\(item.id)"
    }

    /// Ends a slot, and what follows: a full group is enqueued, or ends the slot that it owns.
    func end(
        slot: Int, of group: Int64, as end: End, by item: Int64, result: [UInt8], reason: String,
        in transaction: LedgerTransaction, at now: Moment
    ) throws {
        guard
            let (kind, remaining) = try transaction.end(
                slot: slot, of: group, as: end, by: item, result: result, reason: reason)
        else { throw LedgerError.contradiction("Slot \(slot) of group \(group) has ended twice.") }
        if kind == .order {
            problemsInFlight -= 1
            countGrades(ofProblem: result)
        }
        guard remaining == 0 else { return }
        let full = try transaction.group(group)
        if let next = full.whenFull {
            try enqueue(
                next, try ItemBody.facts(of: next), id: next.id, slots: full.owns, joined: group, parent: full.openedBy,
                in: transaction, at: now)
        } else if let owned = full.owns {
            let members = Members(members: try transaction.members(of: group, withBodies: false))
            try self.end(
                slot: owned.first, of: owned.group, as: .result, by: full.openedBy, result: members.encoded(),
                reason: "", in: transaction, at: now)
        } else {
            try transaction.setMeta("state", State.finished.rawValue)
            let why = end == .result ? "The run is finished." : "The run ended without a result: \(reason)"
            stop(as: .finished, reason: why, at: now)
        }
    }
}
