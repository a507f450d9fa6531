import Ledger
import Wire

@testable import HubCore

/// Throws the rule of the hub that the completion breaks, a body that is not its queue's among them.
func checkByHub(_ complete: Complete, of lease: Lease, slots: Int = 1) throws {
    let input = LedgerItem(
        id: lease.item.id, queue: lease.item.queue, purpose: lease.item.purpose, stage: lease.item.stage,
        round: lease.item.round, priority: 1, weight: 1, slots: OwnedSlots(group: 1, first: 0, count: slots),
        joinedGroup: nil, problem: lease.item.problem, refersTo: lease.item.refersTo)
    _ = try OutputCheck(input: input, authority: .of(.generator)).check(complete)
}
