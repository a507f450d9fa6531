import Ledger
import Wire

/// Checks the outputs of a completion before anything is written.
///
/// The rule that makes every problem end exactly once: slots are linear. The slots that the completed item owns, and
/// those of each group that the completion opens, are each handed on to exactly one output, or ended.
struct OutputCheck {
    let input: LedgerItem
    let authority: Authority

    static let longestIdentifier = 200
    static let largestGroup = 65_536
    /// Of all groups of one message together.
    static let mostSlots = 1 << 20
    static let mostReferences = 1_024

    /// Throws the first rule that the outputs break; returns what the bodies of the new items say, in their order.
    func check(_ complete: Complete) throws(Refusal) -> [ItemBody.Facts] {
        var facts: [ItemBody.Facts] = []
        facts.reserveCapacity(complete.items.count)
        var covers = [SlotCover(size: input.slots?.count ?? 0)]
        var slotCount = 0
        for (index, group) in complete.groups.enumerated() {
            guard group.number == index + 1 else {
                throw Refusal(
                    .slots, "New groups are numbered 1, 2, … in order; got \(group.number) at place \(index + 1).")
            }
            guard (1...Self.largestGroup).contains(group.size) else {
                throw Refusal(.slots, "A group has 1 to \(Self.largestGroup) slots; got \(group.size).")
            }
            slotCount += group.size
            guard slotCount <= Self.mostSlots else {
                throw Refusal(.slots, "The groups of one message have at most \(Self.mostSlots) slots together.")
            }
            guard authority.opens.contains(group.kind) else {
                throw Refusal(.role, "This role may not open a group of kind \(group.kind).")
            }
            guard group.group < group.number else {
                throw Refusal(
                    .slots, "A group owns slots of the completed item or of a group before it; got \(group.group).")
            }
            try covers[group.group].take(group.owns, for: "group \(group.number)")
            if let item = group.whenFull {
                guard item.queue == Authority.queue(whenFull: group.kind) else {
                    throw Refusal(.queue, "A full group of kind \(group.kind) cannot be enqueued into \(item.queue).")
                }
                try check(item)
                _ = try ItemBody.facts(of: item)
            } else if group.owns.count != 1 {
                throw Refusal(.slots, "A group whose members end a slot owns 1 slot; got \(group.owns.count).")
            }
            covers.append(SlotCover(size: group.size))
        }
        for new in complete.items {
            try check(new.item)
            guard authority.enqueues.contains(new.item.queue) else {
                throw Refusal(.role, "This role may not enqueue into \(new.item.queue).")
            }
            guard covers.indices.contains(new.group) else {
                throw Refusal(
                    .slots, "Item \(new.item.id) names group \(new.group); the message opens \(covers.count - 1).")
            }
            let read = try ItemBody.facts(of: new.item)
            facts.append(read)
            let expected = read.slots
            guard new.owns.count == expected else {
                throw Refusal(
                    .slots,
                    "Item \(new.item.id) of queue \(new.item.queue) owns \(expected) slots; got \(new.owns.count).")
            }
            if expected > 0 { try covers[new.group].take(new.owns, for: new.item.id) }
        }
        for ending in complete.endings {
            guard covers.indices.contains(ending.group), ending.end != .unspecified else {
                throw Refusal(.slots, "An ending names a group of the message and how the slot ends.")
            }
            guard ending.end != .result || authority.judges else {
                throw Refusal(.role, "This role may end a slot as dropped or as an error, but not with a result.")
            }
            try covers[ending.group].take(SlotRange(first: ending.slot, count: 1), for: "an ending")
        }
        for (number, cover) in covers.enumerated() {
            if let open = cover.firstOpen {
                let owner = number == 0 ? "the completed item \(input.id)" : "new group \(number)"
                throw Refusal(.slots, "Every slot is handed on or ended; slot \(open) of \(owner) is not.")
            }
        }
        return facts
    }

    private func check(_ item: Item) throws(Refusal) {
        guard Self.isIdentifier(item.id) else {
            throw Refusal(
                .identifier,
                "An id is 1 to \(Self.longestIdentifier) letters, digits, '.', '-' and '_'; got '\(item.id.prefix(80))'."
            )
        }
        guard (item.purpose == .control) == (item.queue == .stages), item.purpose != .unspecified else {
            throw Refusal(
                .purpose, "Decision points, and only they, are for control; item \(item.id) is for \(item.purpose).")
        }
        guard input.purpose == .control || item.purpose == input.purpose else {
            throw Refusal(
                .purpose,
                "Outputs keep the purpose \(input.purpose) of \(input.id); item \(item.id) has \(item.purpose).")
        }
        guard item.queue != .experience || item.purpose == .supervised || item.purpose == .preference else {
            throw Refusal(
                .purpose, "Nothing that descends from an evaluation may be trained on; got experience \(item.id).")
        }
        guard input.problem.isEmpty || item.problem == input.problem else {
            throw Refusal(
                .lineage,
                "Outputs stay with problem \(input.problem) of \(input.id); item \(item.id) has '\(item.problem)'.")
        }
        guard input.queue == .stages || (item.stage == input.stage && item.round == input.round) else {
            throw Refusal(
                .lineage,
                "Outputs stay in stage \(input.stage), round \(input.round); item \(item.id) is of \(item.stage), \(item.round)."
            )
        }
        guard item.refersTo.count <= Self.mostReferences,
            (item.refersTo + [item.problem]).allSatisfy({ $0.isEmpty || Self.isIdentifier($0) })
        else {
            throw Refusal(
                .identifier, "Item \(item.id) refers to at most \(Self.mostReferences) items, each by its id.")
        }
    }

    static func isIdentifier(_ id: String) -> Bool {
        (1...longestIdentifier).contains(id.utf8.count)
            && id.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x41...0x5a).contains($0) || (0x61...0x7a).contains($0) || $0 == 0x2e
                    || $0 == 0x2d || $0 == 0x5f
            }
    }
}

/// Which slots of one owner have been handed on.
private struct SlotCover {
    private var taken: [Bool]

    init(size: Int) {
        taken = Array(repeating: false, count: size)
    }

    /// The first slot that has not been handed on; nil if all have.
    var firstOpen: Int? { taken.firstIndex(of: false) }

    mutating func take(_ range: SlotRange, for output: String) throws(Refusal) {
        // Compared without adding, so that no number a peer sends can overflow.
        guard range.count >= 1, range.first <= taken.count, range.count <= taken.count - range.first else {
            throw Refusal(
                .slots, "\(output) takes \(range.count) slots from \(range.first) on; there are \(taken.count).")
        }
        for slot in range.first..<(range.first + range.count) {
            guard !taken[slot] else { throw Refusal(.slots, "Slot \(slot) is handed on twice, to \(output) too.") }
            taken[slot] = true
        }
    }
}
