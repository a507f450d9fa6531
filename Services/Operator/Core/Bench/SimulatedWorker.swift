import Messaging
import Wire

/// One worker of a benchmark: a connection of its own, and what a real worker keeps of its conversation with the hub.
struct SimulatedWorker {
    let name: String
    let role: Role
    let socket: Socket
    /// The run, once the hub has said welcome.
    var run = ""
    /// The leases that it holds, by the ids of their completions.
    var held: [String: UInt64] = [:]
    /// Credit to give back, as real workers do, once it is a quarter of what they can hold.
    var owed = 0
    private var sentCount = 0

    init(name: String, role: Role, socket: Socket) {
        self.name = name
        self.role = role
        self.socket = socket
    }

    /// Sends a message at once, which there is room for: few wait for answers. Returns its id.
    @discardableResult
    mutating func send(_ type: MessageType, _ payload: [UInt8]) throws -> String {
        sentCount += 1
        let id = "\(name)-\(sentCount)"
        let envelope = Envelope(
            major: WireVersion.major, minor: WireVersion.minor, type: type, run: run, id: id, sender: name, attempt: 1)
        let message = WireMessage(envelope: envelope, payload: payload)
        guard try socket.send(message.frames.map { Frame($0) }) == .sent else {
            throw BenchError("\(name) must be able to send at once; libzmq took no \(type).")
        }
        return id
    }
}

/// A benchmark that could not be carried out.
struct BenchError: Error, CustomStringConvertible {
    let description: String

    init(_ sentence: String) { description = sentence }
}
