import CZMQ

/// One report of a socket monitor as libzmq writes it (zmq_socket_monitor(3)).
struct MonitorEvent {
    /// Which event; the `ZMQ_EVENT_…` constants.
    let number: CInt
    /// A file descriptor, an errno, a protocol error or a status, depending on the event.
    let value: UInt32
    /// The endpoint, of this end where it was bound, of the other where it was connected to.
    let endpoint: String

    init(number: CInt, value: UInt32, endpoint: String) {
        self.number = number
        self.value = value
        self.endpoint = endpoint
    }

    /// Reads the two frames: 16 bits of event and 32 of value in the host's order, then the endpoint. nil if they are
    /// not that.
    init?(_ frames: [Frame]) {
        guard frames.count == 2, frames[0].byteCount == 6 else { return nil }
        (number, value) = frames[0].withUnsafeBytes { bytes in
            (CInt(bytes.loadUnaligned(as: UInt16.self)), bytes.loadUnaligned(fromByteOffset: 2, as: UInt32.self))
        }
        endpoint = frames[1].text
    }

    /// Whether libzmq 4.3 gives the connection up after this failure, as it does after all but lost connections.
    var isFinalFailure: Bool {
        number == ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL || number == ZMQ_EVENT_HANDSHAKE_FAILED_AUTH
    }

    /// Why a handshake failed; nil for the other events.
    var failureReason: String? {
        switch number {
        case ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL:
            "the connection ended during the handshake (\(ZMQ.Failure(number: CInt(bitPattern: value)).text)); "
                + "the other end may have no keys or the wrong server key, or may not speak ZeroMQ"
        case ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL: Self.protocolErrorText(CInt(bitPattern: value))
        case ZMQ_EVENT_HANDSHAKE_FAILED_AUTH: "the server refused this key (status \(value)); is it on the allow-list?"
        default: nil
        }
    }

    private static func protocolErrorText(_ error: CInt) -> String {
        switch error {
        case ZMQ_PROTOCOL_ERROR_ZMTP_MECHANISM_MISMATCH:
            "one end uses CURVE keys and the other does not"
        case ZMQ_PROTOCOL_ERROR_ZMTP_CRYPTOGRAPHIC:
            "the keys do not fit: the connecting end has another server key than this server's"
        case ZMQ_PROTOCOL_ERROR_ZMTP_KEY_EXCHANGE: "the keys could not be exchanged"
        case let code where code & 0x2000_0000 != 0:
            "the authenticator's answer was not understood (ZAP error 0x\(String(code, radix: 16)))"
        case let code: "the other end broke the protocol (ZMTP error 0x\(String(code, radix: 16)))"
        }
    }
}
