import CZMQ

extension ZMQ {
    static func contextNew() throws(Failure) -> UnsafeMutableRawPointer {
        guard let context = zmq_ctx_new() else { throw .last }
        return context
    }

    static func contextSet(_ context: UnsafeMutableRawPointer, _ option: CInt, _ value: CInt) throws(Failure) {
        try check(zmq_ctx_set(context, option, value))
    }

    static func contextTerm(_ context: UnsafeMutableRawPointer) throws(Failure) {
        try check(zmq_ctx_term(context))
    }
}
