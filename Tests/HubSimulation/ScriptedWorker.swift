import Basics
import Wire

/// A worker that follows the protocol of a real one, by a script and in virtual time.
///
/// It says hello until it is welcome, is heard regularly, states its credit anew, and sends what wants an answer until it
/// gets one.
class ScriptedWorker {
    /// What it is.
    let role: Role
    /// Its name.
    let name: String
    /// This start of it.
    let instance: String
    /// Where the hub's answers go.
    let peer: [UInt8]
    /// Whether it has gone without a word.
    var isDead = false
    /// Whether the hub stopped it.
    var isStopped = false
    /// Refusals that a correct worker never gets.
    var surprises: [String] = []
    /// Dies of items for which this is true.
    var diesOf: @Sendable (Item) -> Bool = { _ in false }
    /// Of a verifier: which of the panel it is.
    var verifier = ""
    /// How likely it fails or releases an item, of 100.
    var whimsPerCent = 0

    let script: Script
    let capacity: Int
    var held: [UInt64: Held] = [:]
    var welcome: Welcome?
    private var generator: SeededGenerator
    private var pending: [String: Pending] = [:]
    private var outbox: [WireMessage] = []
    private var sentCount = 0
    private var helloDue: Int64 = 0
    private var heartbeatDue: Int64 = 0

    static let beat: Int64 = 300
    static let patience: Int64 = 700

    struct Held {
        let lease: Lease
        var due: Int64
        var isEnding = false
    }

    private struct Pending {
        let type: MessageType
        let payload: [UInt8]
        let chunk: [UInt8]?
        let leases: [UInt64]
        var due: Int64
        var attempt = 1
    }

    /// Makes a worker.
    ///
    /// - Parameter capacity: the most items it asks for.
    required init(_ role: Role, name: String, instance: String, script: Script, capacity: Int) {
        self.role = role
        self.name = name
        self.instance = instance
        self.script = script
        self.capacity = capacity
        peer = Array(instance.utf8)
        generator = SeededGenerator(seed: 8, name: instance)
    }

    /// What it has to send, in order.
    func takeMessages() -> [WireMessage] {
        defer { outbox = [] }
        return outbox
    }

    /// It goes without a word.
    func kill() { isDead = true }

    // MARK: Time passes

    /// Does what is due.
    func tick(at now: Int64) throws {
        guard !isStopped, !isDead else { return }
        guard welcome != nil else {
            if now >= helloDue {
                let hello = Hello(
                    role: role, name: name, instance: instance, host: "there", processID: 1, verifier: verifier)
                send(.hello, hello.encoded())
                helloDue = now + Self.beat
            }
            return
        }
        if now >= heartbeatDue {
            heartbeatDue = now + Self.beat
            send(.heartbeat, Heartbeat(leases: held.keys.sorted()).encoded())
            stateCredit()
        }
        for (id, message) in pending.sorted(by: { $0.key < $1.key }) where message.due <= now {
            pending[id]?.due = now + Self.patience
            pending[id]?.attempt += 1
            send(message.type, message.payload, id: id, chunk: message.chunk, attempt: message.attempt + 1)
        }
        try work(at: now)
    }

    /// Credit adds up: what is left is taken back first, so that lost messages cost nothing.
    func stateCredit() {
        for credit in wanted() {
            send(.credit, Credit(queue: credit.queue, items: 0, stage: credit.stage, round: credit.round).encoded())
            if credit.items > 0 { send(.credit, credit.encoded()) }
        }
    }

    /// What it could take now.
    func wanted() -> [Credit] {
        let queue: Queue =
            switch role {
            case .generator: .orders
            case .sampler: .requests
            case .verifier: .rollouts
            default: .groups
            }
        return [Credit(queue: queue, items: max(0, capacity - held.count))]
    }

    /// Works on what it holds.
    func work(at now: Int64) throws {
        for (id, item) in held.sorted(by: { $0.key < $1.key }) where item.due <= now && !item.isEnding {
            if diesOf(item.lease.item) {
                isDead = true
                return
            }
            held[id]?.isEnding = true
            let whim = Int.random(in: 0..<200, using: &generator)
            if whim < whimsPerCent {
                request(.fail, Fail(lease: id, reason: "a whim", retriable: true).encoded(), ending: [id], at: now)
            } else if whim < 2 * whimsPerCent {
                request(.release, Release(leases: [id]).encoded(), ending: [id], at: now)
            } else {
                request(.complete, try script.complete(item.lease).encoded(), ending: [id], at: now)
            }
        }
    }

    // MARK: Messages arrive

    /// Takes in a message of the hub.
    func receive(_ message: WireMessage, at now: Int64) throws {
        guard !isDead, !isStopped else { return }
        switch message.envelope.type {
        case .welcome:
            welcome = try Welcome(decoding: message.payload)
            stateCredit()
            for id in pending.keys { pending[id]?.due = now }
        case .heartbeat:
            if let welcome, try Heartbeat(decoding: message.payload).hubIncarnation != welcome.hubIncarnation {
                self.welcome = nil
                helloDue = now
            }
        case .work:
            for lease in try Work(decoding: message.payload).leases {
                held[lease.id] = Held(lease: lease, due: now + Int64.random(in: 0..<400, using: &generator))
            }
        case .answer: answered(try Answer(decoding: message.payload), at: now)
        case .blobChunk:
            let chunk = try BlobChunk(decoding: message.payload)
            if pending.removeValue(forKey: chunk.to) != nil { stored(chunk, at: now) }
        case .stop:
            isStopped = true
            send(.goodbye, [])
        default: surprises.append("\(name) got a \(message.envelope.type)")
        }
    }

    private func answered(_ answer: Answer, at now: Int64) {
        if answer.code == .unknownSession {
            if welcome != nil { helloDue = now }
            welcome = nil
            return
        }
        if answer.reasonCode == "superseded" {
            isDead = true
            return
        }
        let known = pending.removeValue(forKey: answer.to)
        for lease in known?.leases ?? [] { held[lease] = nil }
        if answer.code == .refused, answer.reasonCode != "lease-expired" {
            surprises.append("\(name): \(answer.reasonCode): \(answer.reason)")
        }
        if let known { ended(known.leases, accepted: answer.code != .refused, at: now) }
        if welcome != nil { stateCredit() }
    }

    /// A message that ended leases was answered.
    func ended(_ leases: [UInt64], accepted: Bool, at now: Int64) {}

    /// The hub said how much of a blob it has.
    func stored(_ chunk: BlobChunk, at now: Int64) {}

    // MARK: Sending

    /// Sends a message until it is answered.
    func request(
        _ type: MessageType, _ payload: [UInt8], chunk: [UInt8]? = nil, ending leases: [UInt64] = [], at now: Int64
    ) {
        let id = send(type, payload, chunk: chunk)
        pending[id] = Pending(type: type, payload: payload, chunk: chunk, leases: leases, due: now + Self.patience)
    }

    @discardableResult
    private func send(
        _ type: MessageType, _ payload: [UInt8], id: String? = nil, chunk: [UInt8]? = nil, attempt: Int = 1
    ) -> String {
        sentCount += 1
        let id = id ?? "\(instance)-\(sentCount)"
        let envelope = Envelope(
            major: WireVersion.major, minor: WireVersion.minor, type: type, run: welcome?.run ?? "", id: id,
            sender: name, attempt: attempt)
        outbox.append(WireMessage(envelope: envelope, payload: payload, chunk: chunk))
        return id
    }
}
