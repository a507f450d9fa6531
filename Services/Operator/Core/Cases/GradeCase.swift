public import Mathematics

/// A solution or answer that is to be graded, and what it is held against.
public struct GradeCase: Sendable, Equatable, Decodable {
    /// The reference: a solution, or an answer alone.
    public let gold: String
    /// What is graded.
    public let pred: String

    /// Reads cases, one JSON object a line; empty lines are passed over.
    ///
    /// - Throws: `ServiceError` of code `input` that names the first line that is no case.
    public static func read(_ path: String) throws -> [GradeCase] {
        try CaseFile.read(path, of: GradeCase.self, form: "{\"gold\": …, \"pred\": …}, both texts")
    }

    /// Grades it; both answers are found by the rule.
    public func graded(by rule: AnswerRule) -> GradedSolution {
        grade(solution: pred, by: rule, reference: gold, referenceRule: rule)
    }
}

extension GradedSolution {
    /// The grade as `eightfold grade` prints it.
    public var json: JSONValue {
        .object([
            JSONValue.Field("verdict", .text(verdict.name)),
            JSONValue.Field("extracted", answer.map(JSONValue.text) ?? .null),
            JSONValue.Field("reason", .text(reason)),
        ])
    }
}
