/// Why free text could not be evolved.
public struct EvolutionError: Error, Equatable, CustomStringConvertible {
    /// The kind of an `EvolutionError`; kinds may be added.
    public struct Code: Hashable, Sendable {
        let name: String

        /// A setting is out of its range.
        public static let settingOutOfRange = Code(name: "setting out of range")
        /// The model did not give one reply for each request.
        public static let wrongReplyCount = Code(name: "wrong reply count")
    }

    /// The kind of error.
    public let code: Code
    /// The rule, the value that broke it, and the remedy, as sentences.
    public let message: String

    /// The message.
    public var description: String { message }

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
