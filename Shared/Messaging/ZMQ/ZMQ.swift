import CZMQ

/// libzmq's functions as Swift sees them: one file a concept, named after the C call, errors thrown as `Failure`.
///
/// Nothing here checks threads or lifetimes; `Socket`, `Frame` and `ZMQContext` do.
enum ZMQ {
    /// A C call's error number with libzmq's text for it.
    struct Failure: Error {
        let number: CInt

        var text: String { String(cString: zmq_strerror(number)) }

        /// The failure of the call that just returned on this thread.
        static var last: Failure { Failure(number: zmq_errno()) }
    }

    /// Throws the last failure when `result` is -1, and returns it otherwise.
    @discardableResult
    static func check(_ result: CInt) throws(Failure) -> CInt {
        guard result != -1 else { throw .last }
        return result
    }

    static func version() -> (major: Int, minor: Int, patch: Int) {
        var (major, minor, patch) = (CInt(0), CInt(0), CInt(0))
        zmq_version(&major, &minor, &patch)
        return (Int(major), Int(minor), Int(patch))
    }
}
