import CZMQ

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Finds out which peer a monitor's report is about.
///
/// At the end that binds, libzmq names its own endpoint, not the peer's. But an accepted connection comes with its file
/// descriptor, of which the system knows the peer; and a handshake that breaks the protocol is followed at once, by the
/// same I/O thread, by the disconnection with that descriptor. So such a failure is held until then. A peer that is gone
/// before this thread looks stays unknown: libzmq 4.3 has nobody else to ask.
struct MonitorCorrelation {
    private var peers: [UInt32: String] = [:]
    private var heldFailure: ConnectionEvent.Kind?

    mutating func events(for event: MonitorEvent) -> [ConnectionEvent] {
        switch event.number {
        case ZMQ_EVENT_ACCEPTED:
            let peer =
                Self.peerAddress(CInt(bitPattern: event.value)) ?? "an unknown peer of \(Self.readable(event.endpoint))"
            peers[event.value] = peer
            return [ConnectionEvent(kind: .accepted, peer: peer)]
        case ZMQ_EVENT_CONNECTED: return [ConnectionEvent(kind: .connected, peer: Self.readable(event.endpoint))]
        case ZMQ_EVENT_HANDSHAKE_SUCCEEDED: return [ConnectionEvent(kind: .ready, peer: Self.readable(event.endpoint))]
        case ZMQ_EVENT_DISCONNECTED:
            let peer = peers.removeValue(forKey: event.value) ?? Self.readable(event.endpoint)
            defer { heldFailure = nil }
            let failure = heldFailure.map { ConnectionEvent(kind: $0, peer: peer) }
            return [failure, ConnectionEvent(kind: .disconnected, peer: peer)].compactMap(\.self)
        // A refused key is not followed by its disconnection at once, and the authenticator reports it with the peer.
        case ZMQ_EVENT_HANDSHAKE_FAILED_AUTH where !peers.isEmpty: return []
        default:
            if let reason = event.failureReason {
                heldFailure = .handshakeFailed(reason: reason, isFinal: event.isFinalFailure)
            }
            return []
        }
    }

    /// libzmq's endpoint as `Endpoint` writes it, where it is one.
    private static func readable(_ endpoint: String) -> String {
        (try? Endpoint(endpoint))?.description ?? endpoint
    }

    /// The address of the other end of a socket; nil when it is already closed or has none.
    private static func peerAddress(_ descriptor: CInt) -> String? {
        var address = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        var host = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        var service = [CChar](repeating: 0, count: Int(NI_MAXSERV))
        let isIP = withUnsafeMutablePointer(to: &address) { pointer in
            // sockaddr_storage is made to be read as any sockaddr (POSIX, <sys/socket.h>).
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                getpeername(descriptor, generic, &length) == 0
                    && getnameinfo(
                        generic, length, &host, socklen_t(host.count), &service, socklen_t(service.count),
                        NI_NUMERICHOST | NI_NUMERICSERV) == 0
            }
        }
        guard isIP, address.ss_family != sa_family_t(AF_UNIX) else { return nil }
        let written = text(host)
        return "\(IPAddress(written)?.mappedText ?? written):\(text(service))"
    }

    private static func text(_ characters: [CChar]) -> String {
        characters.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    }
}
