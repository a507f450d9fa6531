/// A ledger that cannot be opened, read or written.
public struct LedgerError: Error, Sendable, CustomStringConvertible {
    /// The kind of fault.
    public enum Code: Sendable {
        /// The file cannot be opened or made.
        case unavailable
        /// Another hub has it open.
        case inUse
        /// It was written by another version of the program.
        case version
        /// What it holds contradicts itself.
        case damaged
        /// It does not hold what was asked for.
        case unknown
        /// SQLite reported an error.
        case storage
    }

    /// The kind of fault.
    public let code: Code
    /// A sentence with the rule, the value and the remedy.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// Two facts of the ledger contradict each other.
    public static func contradiction(_ message: String) -> LedgerError {
        LedgerError(.damaged, message + " Run `eightfold audit`.")
    }

    /// The message.
    public var description: String { message }
}
