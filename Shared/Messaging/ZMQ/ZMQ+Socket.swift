import CZMQ

extension ZMQ {
    static func socket(_ context: UnsafeMutableRawPointer, _ type: CInt) throws(Failure) -> UnsafeMutableRawPointer {
        guard let socket = zmq_socket(context, type) else { throw .last }
        return socket
    }

    static func bind(_ socket: UnsafeMutableRawPointer, _ endpoint: String) throws(Failure) {
        try check(zmq_bind(socket, endpoint))
    }

    static func unbind(_ socket: UnsafeMutableRawPointer, _ endpoint: String) throws(Failure) {
        try check(zmq_unbind(socket, endpoint))
    }

    static func connect(_ socket: UnsafeMutableRawPointer, _ endpoint: String) throws(Failure) {
        try check(zmq_connect(socket, endpoint))
    }

    static func setsockopt(_ socket: UnsafeMutableRawPointer, _ option: CInt, _ value: CInt) throws(Failure) {
        var value = value
        try check(zmq_setsockopt(socket, option, &value, MemoryLayout<CInt>.size))
    }

    /// For the options that libzmq reads as 64 bits (MAXMSGSIZE).
    static func setsockopt(_ socket: UnsafeMutableRawPointer, _ option: CInt, wide value: Int64) throws(Failure) {
        var value = value
        try check(zmq_setsockopt(socket, option, &value, MemoryLayout<Int64>.size))
    }

    static func setsockopt(_ socket: UnsafeMutableRawPointer, _ option: CInt, _ text: String) throws(Failure) {
        var text = text
        let result = text.withUTF8 { zmq_setsockopt(socket, option, $0.baseAddress, $0.count) }
        try check(result)
    }

    static func setsockopt(_ socket: UnsafeMutableRawPointer, _ option: CInt, _ bytes: [UInt8]) throws(Failure) {
        try check(bytes.withUnsafeBytes { zmq_setsockopt(socket, option, $0.baseAddress, $0.count) })
    }

    /// The endpoint that the last bind resolved to.
    static func lastEndpoint(_ socket: UnsafeMutableRawPointer) throws(Failure) -> String {
        // An ipc path has at most 107 bytes and a host name at most 255, so 512 never truncates.
        var text = [CChar](repeating: 0, count: 512)
        var count = text.count
        try check(zmq_getsockopt(socket, ZMQ_LAST_ENDPOINT, &text, &count))
        return text.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    }

    static func monitor(_ socket: UnsafeMutableRawPointer, _ endpoint: String?, _ events: CInt) throws(Failure) {
        try check(zmq_socket_monitor(socket, endpoint, events))
    }

    static func close(_ socket: UnsafeMutableRawPointer) throws(Failure) {
        try check(zmq_close(socket))
    }
}
