import Basics

/// Problems that were written down, in some order of theirs.
public struct DataSet: Sendable, Equatable {
    /// The problems; at least one.
    public let problems: [Problem]

    /// - Precondition: there is at least one problem.
    public init(problems: [Problem]) {
        precondition(!problems.isEmpty, "a data set of no problems")
        self.problems = problems
    }

    /// The data set in an order that depends on the seed and the number of problems alone.
    public func shuffled(seed: UInt64) -> DataSet {
        var generator = SeededGenerator(seed: seed, name: "data-set/order")
        return DataSet(problems: generator.shuffled(problems))
    }

    /// The problem of an index: after the last one the first one comes again.
    public subscript(index: UInt64) -> Problem { problems[Int(index % UInt64(problems.count))] }
}
