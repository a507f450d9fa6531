import Basics
import Foundation
import Testing
import Wire

@testable import OperatorCore

@Suite struct `Rendering of messages` {
    private func rendered(_ type: MessageType, _ value: some WireValue) throws -> JSONValue {
        try JSONValue(
            payloadOf: WireMessage(envelope: Envelope(major: 1, type: type), payload: value.encoded()))
    }

    @Test func `every type of message is rendered with its fields' names`() throws {
        let expected: [(MessageType, any WireValue, String, String)] = [
            (.hello, Hello(role: .sampler, name: "s", processID: 7), "process_id", "7"),
            (.welcome, Welcome(recipeYAML: "x"), "recipe_yaml", "\"x\""),
            (.heartbeat, Heartbeat(hubIncarnation: "i", leases: [1, 2]), "leases", "[1,2]"),
            (.stop, Stop(reason: "over"), "reason", "\"over\""),
            (.credit, Credit(queue: .groups, items: 3), "queue", "\"groups\""),
            (.work, Work(leases: []), "leases", "[]"),
            (.complete, Complete(leases: [9]), "leases", "[9]"),
            (.fail, Fail(lease: 1, reason: "no", retriable: true), "retriable", "true"),
            (.release, Release(leases: [4]), "leases", "[4]"),
            (.answer, Answer(code: .refused, reasonCode: "role"), "reason_code", "\"role\""),
            (.blobPut, BlobPut(sha256: ContentHash(of: Data()), size: 5), "size", "5"),
            (.blobGet, BlobGet(offset: 6), "offset", "6"),
            (.blobChunk, BlobChunk(complete: true), "complete", "true"),
            (.statusRequest, StatusRequest(withDeadLetters: true), "with_dead_letters", "true"),
            (.status, Status(policyVersion: 3, policyLag: 2), "policy_lag", "2"),
            (.command, Command(kind: .scaleSamplers, count: 4), "count", "4"),
        ]
        for (type, value, field, text) in expected {
            #expect(try rendered(type, value)[field]?.json == text, "\(type)")
        }
        #expect(try JSONValue(payloadOf: WireMessage(envelope: Envelope(type: .goodbye), payload: [])) == .object([]))
        // `unspecified` is refused before; a new type without a line above fails here.
        #expect(Set(expected.map(\.0) + [.goodbye, .unspecified]) == Set(MessageType.allCases))
    }

    /// A body for each queue, and a field that only it has.
    @Test func `the body of an item is unpacked by its queue`() throws {
        let bodies: [(Queue, [UInt8], String)] = [
            (.stages, DecisionPoint(stage: 1).encoded(), "stage"), (.orders, Order(count: 2).encoded(), "first_index"),
            (.requests, Request(prefixText: "p").encoded(), "prefix_text"),
            (.rollouts, Rollout(text: "t").encoded(), "log_probabilities"),
            (.groups, Group(turn: 1).encoded(), "searches"),
            (.experience, Experience(weight: 1).encoded(), "chosen_tokens"),
            (.problems, Problem(question: "q").encoded(), "question"),
        ]
        for (queue, body, field) in bodies {
            let complete = Complete(items: [NewItem(item: Item(id: "x", queue: queue, body: body))])
            let item = try rendered(.complete, complete).items[0]["item"]
            #expect(item?["body"]?[field] != nil, "\(queue)")
        }
        #expect(Set(bodies.map(\.0) + [.unspecified]) == Set(Queue.allCases))
    }

    @Test func `attachments are the item's problem, or rollouts`() throws {
        let lease = Lease(
            id: 1, item: Item(id: "p.g", queue: .groups, body: Group().encoded(), problem: "p"),
            members: [
                Member(
                    item: "r", body: Rollout(text: "solution").encoded(),
                    result: Verdict(grade: .correct, answer: "5").encoded())
            ],
            attachments: [
                Attachment(item: "p", body: Problem(question: "1; +1").encoded()),
                Attachment(item: "p.q.r0", body: Rollout(text: "7").encoded()),
            ])
        guard case .list(let leases)? = try rendered(.work, Work(leases: [lease]))["leases"],
            case .list(let attachments)? = leases[0]["attachments"], case .list(let members)? = leases[0]["members"]
        else { throw Missing() }
        #expect(attachments[0]["body"]?["question"] == .text("1; +1"))
        #expect(attachments[1]["body"]?["text"] == .text("7"))
        #expect(members[0]["body"]?["text"] == .text("solution"))
        #expect(members[0]["result"]?["grade"] == .text("correct"))
    }

    @Test func `each result reads as itself`() {
        let verdicts = [
            Verdict(grade: .correct, answer: "12"), Verdict(grade: .incorrect, answer: "1", reason: "The answer is 2."),
            Verdict(grade: .noAnswer, reason: "There is no line."),
        ]
        for verdict in verdicts { #expect(JSONValue.result(verdict.encoded()) == .rendering(verdict)) }
        let outcomes = [
            Outcome(experience: 1), Outcome(correct: 2, incorrect: 1, pits: 1), Outcome(reason: "All are correct."),
        ]
        for outcome in outcomes { #expect(JSONValue.result(outcome.encoded()) == .rendering(outcome)) }
        let members = Members(members: [Member(slot: 0, end: .result, item: "r", result: verdicts[0].encoded())])
        #expect(JSONValue.result(members.encoded()) == .rendering(members))
        #expect(JSONValue.result([]) == .null)
    }

    @Test func `a body that is none is shown by its size`() throws {
        let complete = Complete(items: [NewItem(item: Item(id: "x", queue: .rollouts, body: [0xff, 0xff, 0xff]))])
        #expect(try rendered(.complete, complete).items[0]["item"]?["body"] == .text("3 bytes"))
    }

    @Test(arguments: [
        ("policySHA256", "policy_sha256"), ("recipeYAML", "recipe_yaml"), ("processID", "process_id"),
        ("topP", "top_p"),
        ("to", "to"), ("unconsumedExperience", "unconsumed_experience"), ("hubIncarnation", "hub_incarnation"),
    ])
    func `names are those of the proto files`(name: String, expected: String) {
        #expect(JSONValue.snakeCase(name) == expected)
    }
}

/// A part of a value that a test needs is not there.
struct Missing: Error {}

extension JSONValue {
    /// The items of a rendered `Complete`.
    fileprivate var items: [JSONValue] { if case .list(let items)? = self["items"] { items } else { [] } }
}
