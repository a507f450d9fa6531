public import Problems
import ServiceKit

/// The problems of a family's test split, as the operator names them: `arithmetic:steps=2..4,style=symbols`.
public struct ProblemsSpec: Sendable {
    private let family: any ProblemFamily

    /// Reads `FAMILY`, or `FAMILY:DIAL=VALUE,DIAL=VALUE…`; a dial that is left out keeps its default.
    ///
    /// - Throws: `ServiceError` of code `input`, or `ProblemsError` if the family does not exist or refuses its dials.
    public init(_ text: String) throws {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        var dials: [String: String] = [:]
        for dial in parts.count == 2 ? parts[1].split(separator: ",") : [] {
            let pair = dial.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, dials.updateValue(String(pair[1]), forKey: String(pair[0])) == nil else {
                throw ServiceError(
                    .input,
                    "Problems are FAMILY:DIAL=VALUE,DIAL=VALUE, each dial once, such as arithmetic:steps=2..4,style=symbols; got \"\(text)\"."
                )
            }
        }
        family = try ProblemFamilies.family(named: String(parts[0]), dials: dials)
    }

    /// The first problems of the test split: those that a run of this seed evaluates on.
    public func problems(seed: UInt64, count: Int) -> [Problem] {
        (0..<UInt64(count)).map { family.problem(seed: seed, index: $0, split: .test) }
    }
}
