import CZMQ

extension ZMQ {
    typealias Message = UnsafeMutablePointer<zmq_msg_t>

    static func messageInit(_ message: Message) {
        _ = zmq_msg_init(message)  // Documented to always succeed.
    }

    static func messageInit(_ message: Message, byteCount: Int) {
        // The only documented failure is lack of memory, which Swift's own allocations do not survive either.
        precondition(zmq_msg_init_size(message, byteCount) == 0, "no memory for a frame of \(byteCount) bytes")
    }

    static func messageInit(
        _ message: Message, data: UnsafeMutableRawPointer, byteCount: Int,
        free: @escaping @convention(c) (UnsafeMutableRawPointer?, UnsafeMutableRawPointer?) -> Void,
        hint: UnsafeMutableRawPointer
    ) {
        precondition(zmq_msg_init_data(message, data, byteCount, free, hint) == 0, "no memory for a frame")
    }

    static func messageData(_ message: Message) -> UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(start: zmq_msg_data(message), count: zmq_msg_size(message))
    }

    static func messageClose(_ message: Message) {
        _ = zmq_msg_close(message)  // Fails only for a message that was never initialised.
    }

    static func messageMore(_ message: Message) -> Bool { zmq_msg_more(message) != 0 }

    /// A property of the connection that the message came through, such as `User-Id`; nil if it has none.
    static func messageGets(_ message: Message, _ property: String) -> String? {
        zmq_msg_gets(message, property).map { String(cString: $0) }
    }

    /// Sends without waiting; on success libzmq owns the message's content.
    static func messageSend(_ message: Message, _ socket: UnsafeMutableRawPointer, more: Bool) throws(Failure) {
        try check(zmq_msg_send(message, socket, ZMQ_DONTWAIT | (more ? ZMQ_SNDMORE : 0)))
    }

    /// Receives one part without waiting.
    static func messageReceive(_ message: Message, _ socket: UnsafeMutableRawPointer) throws(Failure) {
        try check(zmq_msg_recv(message, socket, ZMQ_DONTWAIT))
    }
}
