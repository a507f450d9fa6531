public import Problems
import ServiceKit

/// The problems that the operator names: a family's test split, `arithmetic:steps=2..4,style=symbols`, or the file of a
/// data set, `test.jsonl`.
public struct ProblemsSpec: Sendable {
    private let source: Source
    /// The text as it was given.
    public let text: String

    private enum Source {
        case family(any ProblemFamily)
        case dataSet(DataSet)
    }

    /// Reads `FAMILY`, or `FAMILY:DIAL=VALUE,DIAL=VALUE…`, where a dial that is left out keeps its default, or the path of a
    /// file, which ends in `.jsonl`.
    ///
    /// - Throws: `ServiceError` of code `input`, or `ProblemsError` if the family does not exist or refuses its dials, or
    ///   the file is no data set.
    public init(_ text: String) throws {
        self.text = text
        if text.hasSuffix(".jsonl") {
            source = .dataSet(try DataSet(jsonLines: dataSetBytes(text)))
            return
        }
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
        source = .family(try ProblemFamilies.family(named: String(parts[0]), dials: dials))
    }

    /// The splits that the source has; of a data set none is known.
    public var splits: [ProblemSplit] {
        guard case .family(let family) = source else { return [] }
        return ProblemSplit.allCases.filter { split in (try? family.check(split)) != nil }
    }

    /// The number of problems that there are; nil for a family, which never ends.
    public var problemCount: Int? {
        guard case .dataSet(let dataSet) = source else { return nil }
        return dataSet.problems.count
    }

    /// The first problems of a split, each made when it is asked for. Those of `test`, and all of a data set, are the ones that a run of this
    /// seed evaluates on.
    ///
    /// - Parameter split: of a family; a data set is of one split as it is.
    /// - Throws: `ServiceError` of code `input` if a data set has fewer, `ProblemsError` if the family does not have the split.
    public func problems(
        seed: UInt64, count: Int, split: ProblemSplit = .test
    ) throws -> LazyMapSequence<Range<UInt64>, Problem> {
        let indices = 0..<UInt64(count)
        switch source {
        case .family(let family):
            try family.check(split)
            return indices.lazy.map { family.problem(seed: seed, index: $0, split: split) }
        case .dataSet(let dataSet):
            guard count <= dataSet.problems.count else {
                throw ServiceError(
                    .input,
                    "There must be as many problems as are asked for; \(text) has \(dataSet.problems.count), not \(count)."
                )
            }
            let shuffled = dataSet.shuffled(seed: seed).problems
            return indices.lazy.map { shuffled[Int($0)] }
        }
    }
}
