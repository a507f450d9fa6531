/// Bytes that are not the message they should be.
public struct WireError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What is wrong, as a short fixed word that counters and answers carry.
    public struct Code: Hashable, Sendable {
        /// The word, for instance `malformed`.
        public let rawValue: String

        /// The bytes are no message of the expected type.
        public static let malformed = Code(rawValue: "malformed")
        /// Unpacking would take more memory than a message may.
        public static let tooLarge = Code(rawValue: "too-large")
        /// A text field is not UTF-8.
        public static let invalidText = Code(rawValue: "invalid-text")
        /// An enumeration has a number that this version does not know.
        public static let unknownValue = Code(rawValue: "unknown-value")
        /// The envelope's major version is not ours.
        public static let version = Code(rawValue: "version")
        /// The number of frames is not that of the message type.
        public static let frameCount = Code(rawValue: "frame-count")
    }

    /// The kind of fault.
    public let code: Code
    /// A sentence with the rule and the value.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The sentence.
    public var description: String { message }
}
