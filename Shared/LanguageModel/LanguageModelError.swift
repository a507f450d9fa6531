/// What went wrong with a model file, a shape, a batch, a request or a checkpoint that came from outside.
public struct LanguageModelError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of failure that a caller may tell apart.
    public enum Code: String, Hashable, Sendable {
        /// A size is zero, too large, or does not fit another.
        case invalidShape
        /// A file's bytes are not those of a well-formed file.
        case malformedFile
        /// A well-formed file describes something this engine does not compute.
        case unsupportedModel
        /// A parameter does not fit the type in which it was to be written.
        case unrepresentableNumber
        /// The operating system refused to read or write a file.
        case inputOutput
        /// A batch has a token, a length or a target range that the model cannot score.
        case invalidBatch
        /// A decoding request has a setting out of its range.
        case invalidRequest
        /// A checkpoint does not belong to the shape or lacks a part.
        case invalidCheckpoint
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
