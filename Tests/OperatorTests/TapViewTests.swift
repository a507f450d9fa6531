import Testing
import Wire

@testable import OperatorCore

/// A view that a test can ask within an expectation.
private final class Watcher {
    private var view: TapView
    init(_ filter: TapFilter = TapFilter()) { view = TapView(filter) }
    func line(_ direction: String, _ frames: [[UInt8]]) -> TapLine? { view.line(direction, frames) }
}

@Suite struct `The tap's view` {
    private func frames(_ type: MessageType, _ payload: [UInt8], id: String = "m1") -> [[UInt8]] {
        WireMessage(
            envelope: Envelope(
                major: 1, type: type, run: "run", id: id, sender: "sampler-1",
                sentUnixNanoseconds: 1_700_000_000_123_000_000, attempt: 1),
            payload: payload
        ).frames
    }

    private let work = Work(leases: [
        Lease(id: 1, item: Item(id: "a.q", queue: .requests, body: Request().encoded(), problem: "a"), attempt: 1),
        Lease(id: 2, item: Item(id: "b.q", queue: .requests, body: Request().encoded(), problem: "b"), attempt: 1),
    ])

    private func ids(_ line: TapLine?, _ list: String) -> [JSONValue] {
        guard case .list(let parts)? = line?.json["payload"]?[list] else { return [] }
        return parts.compactMap { $0["item"]?["id"] }
    }

    @Test func `a message is a line with its time, direction, sender and type`() throws {
        let view = Watcher()
        let line = try #require(view.line("in", frames(.fail, Fail(lease: 3, reason: "broken").encoded())))
        #expect(line.text == #"22:13:20.123 in  sampler-1     fail      {lease: 3, reason: "broken"}"#)
        #expect(line.json["time"] == .text("2023-11-14T22:13:20.123Z"))
        #expect(line.json["direction"] == .text("in"))
        #expect(line.json["payload"]?["lease"] == .number("3"))
    }

    @Test func `heartbeats, refusals and what cannot be read are shown`() throws {
        let view = Watcher()
        #expect(view.line("in", frames(.heartbeat, Heartbeat().encoded())) != nil)
        let refused = Answer(code: .refused, reasonCode: "lease-expired").encoded()
        #expect(try #require(view.line("out", frames(.answer, refused))).text.contains("lease-expired"))
        let garbled = try #require(view.line("in", [[1, 2, 3], [4]]))
        #expect(garbled.text.contains("unreadable"))
        #expect(garbled.json["frames"]?.json == "[3,1]")
        // The envelope is good, and the payload is not.
        #expect(try #require(view.line("in", frames(.fail, [0xff]))).text.contains("unreadable"))
    }

    @Test func `a filter of a problem looks into the items of a message and shows those that pass`() {
        let view = Watcher(TapFilter(problem: "b"))
        #expect(ids(view.line("out", frames(.work, work.encoded())), "leases") == [.text("b.q")])
        let other = Work(leases: [work.leases[0]])
        #expect(view.line("out", frames(.work, other.encoded())) == nil)
    }

    @Test func `a completion is matched by what was leased`() throws {
        let view = Watcher(TapFilter(problem: "a"))
        _ = view.line("out", frames(.work, work.encoded()))
        let end = { (lease: UInt64) in Complete(leases: [lease], endings: [SlotEnding()]).encoded() }
        #expect(view.line("in", frames(.complete, end(2))) == nil)
        let line = try #require(view.line("in", frames(.complete, end(1), id: "m7")))
        #expect(line.json["ends"] == .list([.text("a.q")]))
        // Its answer belongs to it, and another one does not.
        #expect(view.line("out", frames(.answer, Answer(to: "m6").encoded())) == nil)
        #expect(view.line("out", frames(.answer, Answer(to: "m7").encoded())) != nil)
        // The lease is over.
        #expect(view.line("in", frames(.complete, end(1))) == nil)
    }

    @Test func `a filter of a queue shows what a completion brings into it`() {
        let view = Watcher(TapFilter(queue: .rollouts))
        let complete = Complete(
            leases: [1],
            items: [
                NewItem(item: Item(id: "r0", queue: .rollouts, body: Rollout().encoded())),
                NewItem(item: Item(id: "e", queue: .experience, body: Experience().encoded())),
            ])
        #expect(ids(view.line("in", frames(.complete, complete.encoded())), "items") == [.text("r0")])
        #expect(view.line("in", frames(.credit, Credit(queue: .groups, items: 1).encoded())) == nil)
        #expect(view.line("in", frames(.credit, Credit(queue: .rollouts, items: 1).encoded())) != nil)
        #expect(view.line("in", frames(.heartbeat, Heartbeat().encoded())) == nil)
    }

    @Test func `a filter of a type stops all others, and leases are remembered all the same`() throws {
        let view = Watcher(TapFilter(type: .complete))
        #expect(view.line("out", frames(.work, work.encoded())) == nil)
        let line = try #require(view.line("in", frames(.complete, Complete(leases: [2]).encoded())))
        #expect(line.json["ends"] == .list([.text("b.q")]))
    }

    @Test func `a failure and a release are matched, too`() {
        let view = Watcher(TapFilter(problem: "a"))
        _ = view.line("out", frames(.work, work.encoded()))
        #expect(view.line("in", frames(.release, Release(leases: [2]).encoded())) == nil)
        #expect(view.line("in", frames(.fail, Fail(lease: 1).encoded())) != nil)
    }

    @Test func `a message of many parts has a line for some of them`() throws {
        let view = Watcher()
        let many = Work(leases: (1...6).map { Lease(id: $0, item: Item(id: "i\($0)", queue: .problems), attempt: 1) })
        let lines = try #require(view.line("out", frames(.work, many.encoded()))).text.split(separator: "\n")
        #expect(lines.count == 6)
        #expect(lines[1].hasPrefix("    problems i1"))
        #expect(lines[5] == "    and 2 more leases")
    }
}
