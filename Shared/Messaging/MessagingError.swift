/// What went wrong between two processes, or in setting up to talk: a code to branch on and a sentence to show.
public struct MessagingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of failure; an open set.
    public struct Code: Hashable, Sendable {
        private let name: String

        /// The endpoint's text breaks a rule, or the endpoint cannot be used that way.
        public static let invalidEndpoint = Code(name: "invalid endpoint")
        /// The address could not be bound, for example because another process has it.
        public static let bindFailed = Code(name: "bind failed")
        /// The address could not be connected to; never a peer that is merely absent, which is waited for.
        public static let connectFailed = Code(name: "connect failed")
        /// The socket, or the client that owns it, is closed.
        public static let closed = Code(name: "closed")
        /// The other end did not accept this one's keys or protocol, and the connection was given up.
        public static let refused = Code(name: "refused")
        /// The waiting task was cancelled before the message was handed over.
        public static let cancelled = Code(name: "cancelled")
        /// The installed libzmq is older than the oldest safe one.
        public static let libraryTooOld = Code(name: "library too old")
        /// A key, a key file or an allow-list breaks a rule.
        public static let invalidKey = Code(name: "invalid key")
        /// The endpoint is reachable from other hosts and has no keys.
        public static let unprotected = Code(name: "unprotected")
        /// The operating system refused something: a file, a directory, a thread.
        public static let system = Code(name: "system")
        /// libzmq refused a call that should have worked.
        public static let library = Code(name: "library")
    }

    /// What to branch on.
    public let code: Code
    /// A sentence with the rule, the value and the remedy.
    public let message: String
    /// The C library's error number, if one was the cause.
    public let errno: Int32?

    /// The message.
    public var description: String { message }

    init(_ code: Code, _ message: String, errno: Int32? = nil) {
        self.code = code
        self.message = message
        self.errno = errno
    }

    static func library(_ action: String, _ failure: ZMQ.Failure) -> MessagingError {
        MessagingError(.library, "\(action): \(failure.text).", errno: failure.number)
    }
}
