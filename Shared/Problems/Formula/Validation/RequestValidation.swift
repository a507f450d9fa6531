/// Validates requests by surrogates before they are used.
///
/// - Source: arXiv 2407.10657. That a request must pass all surrogates that are asked is ours; the paper compares them one by one.
public struct RequestValidation: Sendable {
    /// The surrogates that are asked, each with who does its task.
    public let judges: [Surrogate: RequestJudge]

    /// Asks these surrogates; with none everything is kept.
    public init(_ judges: [Surrogate: RequestJudge]) { self.judges = judges }

    /// Asks every surrogate about every request, and keeps those that all keep.
    ///
    /// - Throws: what a model throws: a model that fails says nothing of a request.
    public func validate(_ requests: [FormulaRequest]) async throws -> ValidationReport {
        var report = ValidationReport(surrogates: judges.keys)
        for request in requests {
            var reasons: [Surrogate: DropReason] = [:]
            for surrogate in Surrogate.allCases {
                guard let judge = judges[surrogate] else { continue }
                reasons[surrogate] =
                    switch judge {
                    case .rule: surrogate.reasonToDropByRule(request)
                    case .model(let answer):
                        surrogate.reasonToDrop(request, for: try await answer(surrogate.prompt(for: request)))
                    }
            }
            report.add(request, reasons)
        }
        return report
    }
}
