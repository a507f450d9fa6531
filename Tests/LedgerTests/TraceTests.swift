import Blobs
import Foundation
import HubSimulation
import Ledger
import Testing

@Suite struct `Trace of a problem` {
    @Test func `it tells the whole history of a finished problem`() throws {
        let hub = try `Audit of a ledger`.finished.get().simulation.hub
        var kinds: Set<String> = []
        for order in ["1.0.o0", "1.0.o1", "1.1.o0", "1.1.o1"] {
            for index in 0..<2 {
                let trace = try Trace.problem("\(order).p\(index)", ledger: hub.ledgerPath, blobs: hub.blobs.directory)
                #expect(
                    trace.order == order && trace.question == "\(index) + 1" && trace.referenceAnswer == "\(index + 1)")
                #expect(trace.items.first?.id == order && trace.items.allSatisfy { $0.state == "done" })
                // Each item was completed once, by someone.
                for item in trace.items {
                    #expect(item.leases.count { $0.end == "completed" } == 1, "\(item.id)")
                    #expect(item.leases.allSatisfy { !$0.worker.isEmpty && $0.host == "there" && $0.endedAt != nil })
                }
                let rollouts = trace.items.compactMap(\.rollout)
                #expect(rollouts.allSatisfy { $0.tokens == 2 && $0.logProbability == -3 && $0.steps.count >= 2 })
                let grades = trace.items.compactMap(\.verdict?.grade)
                #expect(grades.count == rollouts.count && Set(grades).isSubset(of: ["correct", "incorrect"]))
                let turns = trace.items.compactMap(\.turn)
                #expect(turns.map(\.turn) == Array(0..<turns.count), "Turn by turn.")
                #expect(turns.dropFirst().allSatisfy { $0.searches.count == 1 && $0.members.count == 3 })
                #expect(turns.dropFirst().allSatisfy { $0.searches[0].values == [Float($0.turn % 2) / 2] })
                let asked = trace.items.compactMap(\.request).reduce(0) { $0 + $1.rollouts }
                #expect(asked == rollouts.count)
                #expect(trace.items.compactMap(\.request).allSatisfy { $0.policyVersion != nil })
                let experience = trace.items.compactMap(\.experience)
                #expect(trace.outcome?.end == "result" && trace.outcome?.experience == experience.count)
                #expect(experience.allSatisfy { $0.checkpoint != nil && $0.position != nil })
                kinds.formUnion(trace.items.map(\.queue))
            }
        }
        #expect(kinds == ["orders", "requests", "rollouts", "groups", "experience"])
    }

    @Test func `supervised and evaluated problems have their outcome`() throws {
        let hub = try `Audit of a ledger`.finished.get().simulation.hub
        let supervised = try Trace.problem("0.0.o1.p1", ledger: hub.ledgerPath, blobs: hub.blobs.directory)
        #expect(supervised.outcome?.experience == 1 && supervised.items.count == 2)
        #expect(supervised.items[1].experience?.kind == "weightedTokens")
        let evaluated = try Trace.problem("2.0.o0.p0", ledger: hub.ledgerPath, blobs: hub.blobs.directory)
        let outcome = try #require(evaluated.outcome)
        #expect(outcome.correct + outcome.incorrect == 3 && outcome.experience == 0)
        #expect(outcome.correct == evaluated.items.count { $0.verdict?.grade == "correct" })
    }

    @Test func `text and JSON say the same`() throws {
        let hub = try `Audit of a ledger`.finished.get().simulation.hub
        let trace = try Trace.problem("1.0.o0.p0", ledger: hub.ledgerPath, blobs: hub.blobs.directory)
        #expect(try JSONDecoder().decode(ProblemTrace.self, from: Data(trace.json.utf8)) == trace)
        for part in [
            "problem 1.0.o0.p0 (preference, stage 1, round 0, order 1.0.o0)", "verdict: ", " | #### 0",
            "outcome: result",
        ] {
            #expect(trace.text.contains(part), "\(part) is not in \(trace.text)")
        }
        for item in trace.items { #expect(trace.text.contains("\(item.queue) \(item.id) (done)")) }
    }

    @Test func `a problem of a run that goes on has what it has so far`() throws {
        let simulation = try `Audit of a ledger`.run(for: 0)
        let path = simulation.hub.ledgerPath
        var queues: Set<String> = []
        // From its birth to its end.
        while simulation.hub.milliseconds < 600_000 {
            try simulation.run(for: 300)
            guard let trace = try? Trace.problem("1.0.o0.p0", ledger: path, blobs: simulation.hub.blobs.directory)
            else { continue }
            guard trace.outcome == nil else { break }
            #expect(trace.text.hasSuffix("outcome: none yet"))
            #expect(trace.items.count { $0.state == "ready" || $0.state == "leased" } > 0, "\(trace.text)")
            queues.formUnion(trace.items.map(\.queue))
        }
        #expect(queues.isSuperset(of: ["orders", "requests", "rollouts"]))
        #expect(
            try Trace.problem("1.0.o0.p0", ledger: path, blobs: simulation.hub.blobs.directory).outcome?.end == "result"
        )
    }

    @Test func `an id that is no problem's is refused with an example`() throws {
        let hub = try `Audit of a ledger`.finished.get().simulation.hub
        for id in ["nothing", "1.0.o0.p0.q"] {
            let error = try #require(throws: LedgerError.self) {
                try Trace.problem(id, ledger: hub.ledgerPath, blobs: hub.blobs.directory)
            }
            #expect(error.code == .unknown && error.message.contains("0.0.o0.p0"))
        }
    }
}
