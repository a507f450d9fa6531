import Foundation
import ServiceKit

/// A file of cases, one JSON object a line.
enum CaseFile {
    /// Reads the cases; empty lines are passed over.
    ///
    /// - Parameter form: what each line must be, for a person.
    /// - Throws: `ServiceError` of code `input` that names the first line that is no case.
    static func read<Case: Decodable>(_ path: String, of type: Case.Type, form: String) throws -> [Case] {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw ServiceError(
                .input,
                "The cases must be a readable file of UTF-8 text; \(path) is not. Check the path and its permissions.")
        }
        let decoder = JSONDecoder()
        return try text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap {
            number, line in
            guard !line.allSatisfy(\.isWhitespace) else { return nil }
            do {
                return try decoder.decode(Case.self, from: Data(line.utf8))
            } catch {
                throw ServiceError(
                    .input, "Each line of the cases must be \(form); line \(number + 1) of \(path) is not.")
            }
        }
    }
}
