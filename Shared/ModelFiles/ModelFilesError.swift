/// What went wrong with a file of tensors: in reading what came from outside, or in writing.
public struct ModelFilesError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of failure that a caller may tell apart.
    public enum Code: String, Hashable, Sendable {
        /// The operating system refused to read or write a file.
        case inputOutput
        /// A file's bytes break its format's rules.
        case malformedFile
        /// A well-formed file uses a version or a type that is not read, or one that is not written was asked for.
        case unsupportedFile
        /// A number does not fit the type in which it was to be written.
        case unrepresentableNumber
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
