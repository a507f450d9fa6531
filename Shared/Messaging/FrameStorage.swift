import CZMQ

/// Owns one zmq_msg_t for as long as a frame, or libzmq, reads its bytes.
///
/// `@unchecked Sendable`, proof: the message is written before the storage leaves its creator (`Frame.init`,
/// `Socket.receive`) and only read afterwards; libzmq is never given this zmq_msg_t itself to send, because
/// zmq_msg_send and zmq_msg_copy change it. It is closed in deinit, when nobody else is left.
final class FrameStorage: @unchecked Sendable {
    /// Up to this size a copy costs less than the allocation and the two counter updates of sharing.
    static let copyLimit = 256

    let message: ZMQ.Message

    /// An empty message for libzmq to receive into.
    init() {
        message = .allocate(capacity: 1)
        ZMQ.messageInit(message)
    }

    init(byteCount: Int) {
        message = .allocate(capacity: 1)
        ZMQ.messageInit(message, byteCount: byteCount)
    }

    deinit {
        ZMQ.messageClose(message)
        message.deallocate()
    }

    /// Hands the bytes to libzmq, which may go on reading them from its own thread.
    func send(on socket: UnsafeMutableRawPointer, more: Bool) throws(ZMQ.Failure) {
        let bytes = ZMQ.messageData(message)
        guard bytes.count > Self.copyLimit else {
            return try Self.sendCopy(of: UnsafeRawBufferPointer(bytes), on: socket, more: more)
        }
        var outgoing = zmq_msg_t()
        ZMQ.messageInit(
            &outgoing, data: bytes.baseAddress!, byteCount: bytes.count,
            // Balanced by passRetained below: libzmq calls this exactly once, when it no longer reads the bytes.
            free: { _, hint in Unmanaged<FrameStorage>.fromOpaque(hint!).release() },
            hint: Unmanaged.passRetained(self).toOpaque())
        try Self.send(&outgoing, on: socket, more: more)
    }

    /// Hands libzmq a copy of few bytes.
    static func sendCopy(
        of bytes: UnsafeRawBufferPointer, on socket: UnsafeMutableRawPointer, more: Bool
    ) throws(ZMQ.Failure) {
        var outgoing = zmq_msg_t()
        ZMQ.messageInit(&outgoing, byteCount: bytes.count)
        ZMQ.messageData(&outgoing).copyMemory(from: bytes)
        try send(&outgoing, on: socket, more: more)
    }

    // Proof for the `&outgoing` calls: zmq_msg_t may be moved by assignment of its owner; libzmq keeps no address of it.
    private static func send(
        _ outgoing: inout zmq_msg_t, on socket: UnsafeMutableRawPointer, more: Bool
    ) throws(ZMQ.Failure) {
        do {
            try ZMQ.messageSend(&outgoing, socket, more: more)
        } catch {
            ZMQ.messageClose(&outgoing)
            throw error
        }
    }
}
