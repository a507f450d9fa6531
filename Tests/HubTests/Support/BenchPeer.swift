import HubCore
import HubSimulation
import Testing
import Wire

/// One peer of the hub, in the hands of a test.
final class BenchPeer {
    let role: Role
    let name: String
    let instance: String
    /// Another one is another connection.
    var address: [UInt8]
    var run = "run-1"
    /// As which verifier of the panel it says hello.
    var verifier = ""
    /// Sampled or trained on so far, as its heartbeats tell.
    var tokens: UInt64 = 0
    /// All that arrived and no call took.
    private(set) var received: [WireMessage] = []
    private(set) var held: Set<UInt64> = []
    private let bench: Bench
    private var count = 0

    init(_ bench: Bench, _ role: Role, name: String, instance: String) {
        self.bench = bench
        self.role = role
        self.name = name
        self.instance = instance
        address = Array(instance.utf8)
    }

    /// Sends a message; returns what came back to this peer.
    @discardableResult
    func say(_ type: MessageType, _ payload: [UInt8] = [], chunk: [UInt8]? = nil) throws -> [WireMessage] {
        count += 1
        let envelope = Envelope(
            major: WireVersion.major, type: type, run: run, id: "\(instance)-\(count)", sender: name, attempt: 1)
        let frames = WireMessage(envelope: envelope, payload: payload, chunk: chunk).frames
        try bench.process([Inbound(peer: address, provenRole: nil, frames: frames)])
        return bench.takeInbox(address)
    }

    /// Sends a message; returns the answer to it.
    @discardableResult
    func ask(_ type: MessageType, _ payload: [UInt8] = [], chunk: [UInt8]? = nil) throws -> Answer {
        let replies = try say(type, payload, chunk: chunk)
        received += replies.filter { $0.envelope.type != .answer }
        let answer = try #require(replies.last { $0.envelope.type == .answer })
        return try Answer(decoding: answer.payload)
    }

    @discardableResult
    func hello() throws -> [WireMessage] {
        try say(.hello, Hello(role: role, name: name, instance: instance, host: "here", verifier: verifier).encoded())
    }

    func heartbeat() throws {
        received += try say(.heartbeat, Heartbeat(leases: held.sorted(), tokens: tokens).encoded())
    }

    /// States a credit; returns what was leased at once.
    @discardableResult
    func credit(_ queue: Queue, _ items: Int, stage: Int = 0, round: Int = 0) throws -> [Lease] {
        let credit = Credit(queue: queue, items: items, stage: stage, round: round)
        return try leases(in: try say(.credit, credit.encoded()))
    }

    func lease(_ queue: Queue, _ items: Int = 1, stage: Int = 0, round: Int = 0) throws -> [Lease] {
        try credit(queue, items, stage: stage, round: round)
    }

    /// Leases one item.
    func leaseOne(_ queue: Queue) throws -> Lease { try #require(try lease(queue).first, "Nothing waits in \(queue)") }

    /// The leases that came since the last look, not counting those that a call returned.
    func arrived() throws -> [Lease] {
        let messages = received + bench.takeInbox(address)
        received = []
        return try leases(in: messages)
    }

    private func leases(in messages: [WireMessage]) throws -> [Lease] {
        let leases = try messages.filter { $0.envelope.type == .work }.flatMap { try Work(decoding: $0.payload).leases }
        held.formUnion(leases.map(\.id))
        return leases
    }

    @discardableResult
    func complete(_ complete: Complete) throws -> Answer {
        let answer = try ask(.complete, complete.encoded())
        if answer.code != .refused { held.subtract(complete.leases) }
        return answer
    }

    /// Completes by the script.
    @discardableResult
    func complete(_ lease: Lease) throws -> Answer { try complete(try bench.script.complete(lease)) }

    @discardableResult
    func fail(_ lease: Lease, retriable: Bool = true) throws -> Answer {
        held.remove(lease.id)
        return try ask(.fail, Fail(lease: lease.id, reason: "it broke", retriable: retriable).encoded())
    }

    @discardableResult
    func release(_ lease: Lease) throws -> Answer {
        held.remove(lease.id)
        return try ask(.release, Release(leases: [lease.id]).encoded())
    }

    func status() throws -> Status {
        let reply = try #require(try say(.statusRequest, StatusRequest(withDeadLetters: true).encoded()).last)
        return try Status(decoding: reply.payload)
    }
}

/// Expects a refusal with this code.
func expectRefused(_ answer: Answer, _ code: String, _ location: SourceLocation = #_sourceLocation) {
    #expect(answer.code == .refused && answer.reasonCode == code, "\(answer)", sourceLocation: location)
}
