/// Why a surrogate drops a request.
public enum DropReason: String, Sendable, CaseIterable {
    /// The answer cannot be read, or the rule does not understand the request.
    case unreadable
    /// The outputs, told or computed by a program, are not those of the formula.
    case outputs
    /// The request does not tell the columns of the formula.
    case columns
    /// The request does not tell the constants of the formula.
    case constants
    /// The request does not tell the operations of the formula.
    case operations
    /// A model says that the request does not describe the formula, and not why.
    case description
}
