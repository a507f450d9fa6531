/// Why a service cannot go on.
public struct ServiceError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kind of fault.
    public enum Code: Sendable {
        /// What the user gave is not usable: exit code 2.
        case input
        /// The hub has been gone for too long.
        case hubGone
        /// The hub refused what was asked.
        case refused
        /// The connection was closed because the service is ending.
        case closed
        /// A deadline passed.
        case deadline
    }

    /// The kind of fault.
    public let code: Code
    /// A sentence with the rule, the value and the remedy.
    public let message: String
    /// Where the hub refused: its short fixed word.
    public let reasonCode: String

    /// Makes an error.
    public init(_ code: Code, _ message: String, reasonCode: String = "") {
        self.code = code
        self.message = message
        self.reasonCode = reasonCode
    }

    /// The sentence.
    public var description: String { message }
}
