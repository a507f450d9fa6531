import Wire

/// A peer as the hub knows it, from its `Hello` until it is lost or says goodbye.
///
/// A class, because the exchange changes one field of one session for each message. It belongs to one exchange.
final class Session {
    let id: Int64
    let hello: Hello
    /// Where to send; nil while a peer that held leases at the hub's last stop has not come back.
    var peer: [UInt8]?
    var lastHeardMilliseconds: Int64
    var credit: [Queue: Credit] = [:]
    var leases: Set<UInt64> = []
    /// Holds a suspect item: nothing else is leased to it.
    var isAlone = false
    /// The last one that came.
    var heartbeat = Heartbeat()
    /// When a heartbeat last told of more tokens.
    var lastAdvanceMilliseconds: Int64 = .min
    /// Of a verifier: its place in the panel.
    var verifier = 0

    var role: Role { hello.role }

    init(id: Int64, hello: Hello, lastHeardMilliseconds: Int64) {
        self.id = id
        self.hello = hello
        self.lastHeardMilliseconds = lastHeardMilliseconds
    }
}
