/// What went wrong with a vocabulary, a tokenizer or a chat template that came from outside.
public struct TokenizationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of failure that a caller may tell apart.
    public enum Code: String, Hashable, Sendable {
        /// A field is missing, of the wrong type, or contradicts another.
        case malformed
        /// A well-formed file describes a tokenizer or a chat template that this module does not know.
        case unsupported
    }

    /// The kind of failure.
    public let code: Code
    /// A sentence with the rule, the value found and the remedy.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
