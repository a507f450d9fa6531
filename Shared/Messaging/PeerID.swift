/// The name that a ROUTER socket gave to one connection of one peer.
///
/// It is new after every reconnection and says nothing about who the peer is; the user id of a message does.
public struct PeerID: Hashable, Sendable, CustomStringConvertible {
    /// 1 to 255 bytes; 5 when libzmq chose them.
    public let bytes: [UInt8]

    /// Names a peer by the bytes of its routing id.
    public init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The bytes in hexadecimal, for logs.
    public var description: String {
        bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}
