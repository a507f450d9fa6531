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

    private func gradeOf(_ panel: VerifierPanel, _ said: [Judgement]) -> Grade? { panel.verdict(said)?.grade }

    @Test func `by the first that decides, asks on until a verdict is correct or incorrect`() {
        let panel = VerifierPanel(Self.names)
        #expect(gradeOf(panel, []) == nil)
        #expect(gradeOf(panel, said(.correct)) == .correct)
        #expect(gradeOf(panel, said(.incorrect)) == .incorrect)
        #expect(gradeOf(panel, said(.noAnswer)) == nil && gradeOf(panel, said(.gradingError, .noAnswer)) == nil)
        #expect(gradeOf(panel, said(.gradingError, .noAnswer, .correct)) == .correct)
        #expect(gradeOf(panel, said(.gradingError, .noAnswer, .gradingError)) == .noAnswer)
        #expect(gradeOf(panel, said(.gradingError, .gradingError, .gradingError)) == .gradingError)
    }

    @Test func `where all must agree, ends at the first that differs`() {
        let panel = VerifierPanel(Self.names, rule: .allAgree)
        #expect(gradeOf(panel, said(.correct)) == nil && gradeOf(panel, said(.correct, .correct)) == nil)
        for grade in [Grade.correct, .incorrect, .noAnswer] {
            #expect(gradeOf(panel, said(grade, grade, grade)) == grade)
            #expect(gradeOf(panel, said(grade, .gradingError)) == .gradingError)
        }
        #expect(gradeOf(panel, said(.correct, .incorrect)) == .gradingError)
        #expect(gradeOf(panel, said(.gradingError)) == .gradingError)
    }

    @Test func `has the verdict of the one that came to it, and the wrong step that any of them found`() throws {
        let said = [
            Judgement(verifier: "exact", grade: .noAnswer, reason: "There is none.", wrongStep: 2),
            Judgement(verifier: "reader", grade: .correct, answer: "7"),
            Judgement(verifier: "judge", grade: .gradingError, reason: "It broke.", errorKind: "broken"),
        ]
        let decided = try #require(VerifierPanel(Self.names).verdict(Array(said[..<2])))
        #expect((decided.grade, decided.answer, decided.wrongStep) == (.correct, "7", 2))
        let undecided = try #require(VerifierPanel(Self.names).verdict([said[2], said[0], said[2]]))
        #expect((undecided.grade, undecided.reason, undecided.errorKind) == (.noAnswer, "There is none.", ""))
        let broken = try #require(VerifierPanel(Self.names).verdict([said[2], said[2], said[2]]))
        #expect((broken.grade, broken.reason, broken.errorKind) == (.gradingError, "It broke.", "broken"))
        #expect(VerifierPanel(["a", "b"], rule: .allAgree).verdict([said[2]])?.errorKind == "broken")
    }

    @Test func `takes an error for an error, whatever the result says, and no result for one`() throws {
        for names in [["exact"], ["exact", "reader"]] {
            let bench = try Bench(orders: 1, problems: 1) { $0.panel = VerifierPanel(names, rule: .allAgree) }
            try bench.drive(.stages, .orders, .requests)
            let exact = try bench.join(.verifier)
            let endings = [
                SlotEnding(
                    end: .error, result: Verdict(grade: .correct, errorKind: "mine").encoded(), reason: "It broke."),
                SlotEnding(end: .error, result: [0x22, 4] + Array("mine".utf8), reason: "It broke."),
                SlotEnding(end: .error, reason: "It broke."),
            ]
            for (lease, ending) in zip(try exact.lease(.rollouts, 10), endings) {
                #expect(try exact.complete(Complete(leases: [lease.id], endings: [ending])).code == .ok)
            }
            let members = try members(bench)
            #expect(members.allSatisfy { $0.end == .error && $0.reason == "It broke." })
            let verdicts = try members.map { try Verdict(decoding: $0.result) }
            #expect(verdicts.map(\.errorKind) == ["mine", "mine", ""])
            #expect(verdicts.allSatisfy { $0.grade == .gradingError && $0.reason == "It broke." })
        }
    }

    @Test func `is not spoken for by a sampler`() throws {
        let bench = try Bench { $0.panel = VerifierPanel(["exact", "reader"], rule: .allAgree) }
        try bench.drive(.stages, .orders)
        let sampler = try bench.join(.sampler)
        let lease = try sampler.leaseOne(.requests)
        var complete = try bench.script.complete(lease)
        var rollout = try Rollout(decoding: complete.items[0].item.body)
        rollout.judgements = [Judgement(verifier: "exact", grade: .correct)]
        complete.items[0].item.body = rollout.encoded()
        let answer = try sampler.complete(complete)
        #expect(answer.code == .refused && answer.reason.contains("judgements"))
    }

    @Test func `has each verifier in one seat`() throws {
        let (bench, _, reader) = try bench(.allAgree)
        reader.verifier = "exact"
        let answer = try Answer(decoding: try #require(try reader.hello().last).payload)
        #expect(answer.code == .refused && answer.reasonCode == "superseded")
        withExtendedLifetime(bench) {}
    }

    @Test func `counts a rollout once, however many grade it`() throws {
        let (bench, exact, reader) = try bench(.allAgree)
        for lease in try exact.lease(.rollouts, 10) { try judge(lease, .correct, by: exact) }
        for lease in try reader.lease(.rollouts, 10) { try judge(lease, .correct, by: reader) }
        let watcher = try bench.join(.operator)
        #expect(try watcher.status().rollouts == 3)
        try bench.hub.restart()
        try watcher.hello()
        #expect(try watcher.status().rollouts == 3)
        #expect(
            try Audit.report(ledger: bench.hub.ledgerPath, blobs: bench.hub.blobs.directory).count(of: "rollouts") == 3)
        let trace = try Trace.problem(
            "0.0.o0.p0", ledger: bench.hub.ledgerPath, blobs: bench.hub.blobs.directory)
        #expect(
            trace.items.compactMap(\.verdict?.grade).sorted() == Array(repeating: "correct", count: 3)
                + Array(repeating: "handed on", count: 3))
        #expect(trace.text.contains("panel: exact: correct, reader: correct"))
    }

    @Test func `makes a dead letter of what its second verifier cannot grade, which can be tried again`() throws {
        let (bench, exact, reader) = try bench(.allAgree)
        let leases = try exact.lease(.rollouts, 10)
        for lease in leases { try judge(lease, .correct, by: exact) }
        for _ in 0..<3 { try reader.fail(try reader.leaseOne(.rollouts)) }
        let watcher = try bench.join(.operator)
        #expect(try watcher.status().deadLetters.map(\.item) == ["\(leases[0].item.id).v1"])
        let command = Command(kind: .requeue, item: "\(leases[0].item.id).v1")
        #expect(try watcher.ask(.command, command.encoded()).code == .ok)
        #expect(try exact.lease(.rollouts, 10).isEmpty)
        let again = try reader.lease(.rollouts, 10)
        #expect(again.count == 3)
        for lease in again { try judge(lease, .correct, by: reader) }
        #expect(try members(bench).allSatisfy { $0.end == .result })
        #expect(try Audit.report(ledger: bench.hub.ledgerPath, blobs: bench.hub.blobs.directory).isClean)
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
        #expect(again.map(\.item.id) == rollouts.dropFirst().map { "\($0.item.id).v1" })
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
