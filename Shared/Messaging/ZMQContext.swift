import CZMQ

/// libzmq's shared state: its I/O thread, and the namespace of `inproc://` endpoints.
///
/// A process uses `shared`. A test that needs names or an authenticator of its own makes another.
/// libzmq sockets may be created from one context by several threads, so this is safe to share.
public final class ZMQContext: Sendable {
    /// The one context of the process.
    public static let shared = ZMQContext()

    // Proof: set once before the context is shared; libzmq documents contexts as thread safe.
    nonisolated(unsafe) let handle: UnsafeMutableRawPointer

    /// Makes a context; it lasts until `terminate()` or the end of the process.
    public init() {
        do throws(ZMQ.Failure) {
            handle = try ZMQ.contextNew()
            // The default of 1023 would stop a hub with a thousand simulated samplers in one process.
            try ZMQ.contextSet(handle, ZMQ_MAX_SOCKETS, 16_384)
        } catch {
            fatalError("libzmq could not make a context: \(error.text). The process has too few file descriptors left.")
        }
    }

    /// Ends the context after everything sent has left, or each socket's linger has passed.
    ///
    /// Call it last, when every socket is closed: it blocks until they are. Without it, messages still on their way
    /// out are lost when the process exits. The corresponding C function is zmq_ctx_term.
    public func terminate() throws(MessagingError) {
        do throws(ZMQ.Failure) {
            try ZMQ.contextTerm(handle)
        } catch {
            throw .library("Ending the ZeroMQ context", error)
        }
    }
}
