import Foundation
import ServiceKit

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
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw ServiceError(
                .input,
                "The cases must be a readable file of UTF-8 text; \(path) is not. Check the path and its permissions.")
        }
        return try text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap {
            number, line in
            guard !line.allSatisfy(\.isWhitespace) else { return nil }
            do {
                return try JSONDecoder().decode(ScoreCase.self, from: Data(line.utf8))
            } catch {
                throw ServiceError(
                    .input,
                    "Each line of the cases must be {\"prompt\": …, \"continuation\": …}, both texts; line \(number + 1) of \(path) is not."
                )
            }
        }
    }
}
