import Blobs
import HubSimulation
import Ledger
import Testing
import Wire

@testable import HubCore

@Suite struct `A panel of verifiers` {
    private static let names = ["exact", "reader", "judge"]

    private func said(_ grades: Grade...) -> [Judgement] {
        zip(Self.names, grades).map { Judgement(verifier: $0, grade: $1) }
    }

    @Test func `by the first that decides, asks on until a verdict is correct or incorrect`() {
        let panel = VerifierPanel(Self.names)
        #expect(panel.grade([]) == nil)
        #expect(panel.grade(said(.correct)) == .correct)
        #expect(panel.grade(said(.incorrect)) == .incorrect)
        #expect(panel.grade(said(.noAnswer)) == nil && panel.grade(said(.gradingError, .noAnswer)) == nil)
        #expect(panel.grade(said(.gradingError, .noAnswer, .correct)) == .correct)
        #expect(panel.grade(said(.gradingError, .noAnswer, .gradingError)) == .noAnswer)
        #expect(panel.grade(said(.gradingError, .gradingError, .gradingError)) == .gradingError)
    }

    @Test func `where all must agree, ends at the first that differs`() {
        let panel = VerifierPanel(Self.names, rule: .allAgree)
        #expect(panel.grade(said(.correct)) == nil && panel.grade(said(.correct, .correct)) == nil)
        for grade in [Grade.correct, .incorrect, .noAnswer] {
            #expect(panel.grade(said(grade, grade, grade)) == grade)
            #expect(panel.grade(said(grade, .gradingError)) == .gradingError)
        }
        #expect(panel.grade(said(.correct, .incorrect)) == .gradingError)
        #expect(panel.grade(said(.gradingError)) == .gradingError)
    }

    /// A bench with rollouts to grade, and a verifier of each name.
    private func bench(_ rule: VerifierPanel.Rule) throws -> (bench: Bench, exact: BenchPeer, reader: BenchPeer) {
        let bench = try Bench(orders: 1, problems: 1) { $0.panel = VerifierPanel(["exact", "reader"], rule: rule) }
        try bench.drive(.stages, .orders, .requests)
        let reader = BenchPeer(bench, .verifier, name: "reader-0", instance: "reader-0-1")
        reader.verifier = "reader"
        try reader.hello()
        return (bench, try bench.join(.verifier), reader)
    }

    private func judge(_ lease: Lease, _ grade: Grade, by peer: BenchPeer) throws {
        let verdict = Verdict(grade: grade, answer: "7", reason: grade == .correct ? "" : "It is \(grade).")
        let answer = try peer.complete(
            Complete(
                leases: [lease.id],
                endings: [
                    SlotEnding(end: grade == .gradingError ? .error : .result, result: verdict.encoded())
                ]))
        #expect(answer.code == .ok, "\(answer.reason)")
    }

    /// How the slots of the group of rollouts ended, after the group went to the advantage service.
    private func members(_ bench: Bench) throws -> [Member] {
        let advantage = try bench.join(.advantage)
        return try advantage.leaseOne(.groups).members
    }

    @Test func `asks the next verifier what the one before could not decide, and no other`() throws {
        let (bench, exact, reader) = try bench(.firstThatDecides)
        let rollouts = try exact.lease(.rollouts, 10)
        #expect(try reader.lease(.rollouts, 10).isEmpty)
        #expect(rollouts.count == 3)
        try judge(rollouts[0], .correct, by: exact)
        try judge(rollouts[1], .noAnswer, by: exact)
        try judge(rollouts[2], .gradingError, by: exact)
        let again = try reader.arrived()
        #expect(again.map(\.item.id) == rollouts.dropFirst().map { "\($0.item.id).reader" })
        let first = try #require(again.first)
        #expect(try Rollout(decoding: first.item.body).judgements.map(\.grade) == [.noAnswer])
        #expect(first.attachments == rollouts[1].attachments)
        // The hub may go meanwhile: who is to grade is in the ledger.
        try bench.hub.restart()
        try exact.hello()
        try reader.hello()
        try judge(again[0], .incorrect, by: reader)
        try judge(again[1], .gradingError, by: reader)
        let members = try members(bench)
        #expect(members.map(\.end) == [.result, .result, .error])
        let verdicts = try members.map { try Verdict(decoding: $0.result) }
        #expect(verdicts.map(\.grade) == [.correct, .incorrect, .gradingError])
        #expect(verdicts[1].judgements.map(\.verifier) == ["exact", "reader"])
        #expect(verdicts[1].judgements.map(\.grade) == [.noAnswer, .incorrect])
        try bench.drive(.groups, .requests, .rollouts, .stages)
        #expect(try Audit.report(ledger: bench.hub.ledgerPath, blobs: bench.hub.blobs.directory).findings.isEmpty)
    }

    @Test func `makes an error of a disagreement, which names who said what`() throws {
        let (bench, exact, reader) = try bench(.allAgree)
        for lease in try exact.lease(.rollouts, 10) { try judge(lease, .correct, by: exact) }
        let again = try reader.lease(.rollouts, 10)
        #expect(again.count == 3)
        for (lease, grade) in zip(again, [Grade.correct, .incorrect, .noAnswer]) {
            try judge(lease, grade, by: reader)
        }
        let members = try members(bench)
        #expect(members.map(\.end) == [.result, .error, .error])
        let verdict = try Verdict(decoding: members[1].result)
        #expect(verdict.errorKind == "disagreement")
        #expect(verdict.reason.contains("exact says correct, reader says incorrect"))
        #expect(members[1].reason == verdict.reason)
    }

    @Test func `lets in only those that it names, and tells who is missing`() throws {
        let bench = try Bench { $0.panel = VerifierPanel(["reader"]) }
        try bench.drive(.stages, .orders, .requests)
        let own = BenchPeer(bench, .verifier, name: "verifier-0", instance: "verifier-0-1")
        let refusal = try Answer(decoding: try #require(try own.hello().last).payload)
        #expect(refusal.code == .refused && refusal.reason.contains("reader"))
        let watcher = try bench.join(.operator)
        #expect(
            try watcher.status().notices == [
                "12 rollouts wait for the verifier reader, and none is at work. Start one, which says verifier reader in its hello."
            ])
        own.verifier = "reader"
        #expect(try own.hello().last?.envelope.type == .welcome)
        #expect(try watcher.status().notices.isEmpty)
        #expect(try own.lease(.rollouts, 20).count == 12)
    }
}
