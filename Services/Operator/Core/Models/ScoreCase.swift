/// A text and what follows it, to be scored by a model.
public struct ScoreCase: Sendable, Equatable, Decodable {
    /// What stands before; at least one token.
    public let prompt: String
    /// What is scored.
    public let continuation: String

    /// Reads cases, one JSON object a line; empty lines are passed over.
    ///
    /// - Throws: `ServiceError` of code `input` that names the first line that is no case.
    public static func read(_ path: String) throws -> [ScoreCase] {
        try CaseFile.read(path, of: ScoreCase.self, form: "{\"prompt\": …, \"continuation\": …}, both texts")
    }
}
