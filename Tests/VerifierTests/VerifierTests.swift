import Testing
import VerifierCore
import Wire

@Suite struct `A verifier` {
    private func lease(
        _ text: String, reference: String = "12", attached: String = "p", answers: AnswerRule = .strict
    ) -> Lease {
        Lease(
            id: 9,
            item: Item(
                id: "p.q.r0", queue: .rollouts, purpose: .preference, stage: 2, round: 1,
                body: Rollout(text: text).encoded(), refersTo: ["p"], problem: "p"),
            attachments: [
                Attachment(item: "other", body: Problem(referenceAnswer: "99").encoded()),
                Attachment(item: attached, body: Problem(referenceAnswer: reference, answers: answers).encoded()),
            ])
    }

    private func verdict(_ lease: Lease) throws -> (ending: SlotEnding, verdict: Verdict) {
        let complete = try Verifier.complete(lease)
        try checkByHub(complete, of: lease)
        #expect(complete.leases == [9])
        #expect(complete.items.isEmpty && complete.groups.isEmpty)
        let ending = try #require(complete.endings.first)
        return (ending, try Verdict(decoding: ending.result))
    }

    @Test func `grades a solution by the answer on its last line`() throws {
        let (ending, verdict) = try verdict(lease("7+5=13\n#### 012"))
        #expect(ending.end == .result)
        #expect(verdict.grade == .correct)
        #expect(verdict.answer == "12")
    }

    @Test func `names the reference answer to an incorrect solution`() throws {
        let (ending, verdict) = try verdict(lease("7+5=12\n#### 13"))
        #expect(ending.end == .result)
        #expect(verdict.grade == .incorrect)
        #expect(verdict.answer == "13")
        #expect(verdict.reason.contains("12"))
    }

    @Test(arguments: ["7+5=12", "", "#### twelve"])
    func `sees when there is no answer`(text: String) throws {
        let (ending, verdict) = try verdict(lease(text))
        #expect(ending.end == .result)
        #expect(verdict.grade == .noAnswer)
        #expect(verdict.answer.isEmpty)
    }

    @Test func `finds the answer by the rule of the problem`() throws {
        let correct = try verdict(lease("That makes 12.", answers: .lastNumber)).verdict
        #expect(correct == Verdict(grade: .correct, answer: "12"))
        let incorrect = try verdict(lease("12, no, 13.", answers: .lastNumber)).verdict
        #expect((incorrect.grade, incorrect.answer) == (.incorrect, "13"))
        let none = try verdict(lease("12.5", answers: .lastNumber)).verdict
        #expect((none.grade, none.answer) == (.noAnswer, ""))
    }

    @Test(
        arguments: [
            (SolutionCheck.puzzle, "3 6 9 -> 5", "9+6=15\n15/3=5\n#### 5", "leaves 3, 6, 9 unused"),
            (.path, "3>7 7>5 3>9 | 3 5", "3>7\n7>5\n#### 5", "ends at 3"),
        ])
    func `checks the whole derivation where the problem says so`(
        check: SolutionCheck, question: String, right: String, reason: String
    ) throws {
        func lease(_ text: String, answers: AnswerRule = .strict) -> Lease {
            var lease = self.lease(text)
            let problem = Problem(question: question, referenceAnswer: "5", answers: answers, check: check)
            lease.attachments[1].body = problem.encoded()
            return lease
        }
        #expect(try verdict(lease(right)).verdict == Verdict(grade: .correct, answer: "5"))
        let bare = try verdict(lease("#### 5")).verdict
        #expect((bare.grade, bare.answer) == (.incorrect, "5"))
        #expect(bare.reason.contains(reason), "\(bare.reason)")
        #expect(try verdict(lease("It is 5.", answers: .lastNumber)).verdict.grade == .noAnswer)
    }

    @Test func `ends the slot as an error where the question is not what its check reads`() throws {
        for check in [SolutionCheck.puzzle, .path] {
            var lease = lease("#### 12")
            lease.attachments[1].body = Problem(question: "7; +5", referenceAnswer: "12", check: check).encoded()
            #expect(try verdict(lease).ending.end == .error)
        }
    }

    @Test func `judges nothing by a rule that it does not know`() {
        let lease = lease("#### 12")
        // Fields 6 and 7, the rule and the check, with a value of the future.
        for field: UInt8 in [6, 7] {
            var lease = lease
            lease.attachments[1].body += [field << 3, 9]
            #expect(throws: WireError.self) { try Verifier.complete(lease) }
        }
    }

    @Test func `ends the slot as an error where it cannot judge, and makes up no verdict`() throws {
        let (ending, verdict) = try verdict(lease("#### 12", reference: ""))
        #expect(ending.end == .error)
        #expect(!ending.reason.isEmpty)
        #expect(verdict.grade == .gradingError)
    }

    @Test func `judges nothing without the problem`() {
        #expect(throws: (any Error).self) { try Verifier.complete(lease("#### 12", attached: "another")) }
    }

    @Test func `judges nothing that is no rollout`() {
        var lease = lease("#### 12")
        lease.item.body = [0xff]
        #expect(throws: WireError.self) { try Verifier.complete(lease) }
    }
}
