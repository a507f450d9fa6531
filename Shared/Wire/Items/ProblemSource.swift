public import Basics
import CEightfoldWire

/// Where problems come from.
public struct ProblemSource: WireValue {
    /// The problem family; empty where it is a data set.
    public var family: String
    /// The source's seed.
    public var seed: UInt64
    /// Which split the problems are of.
    public var split: Split
    /// The family's dials, each as `name=value`.
    public var dials: [String]
    /// The blob of the data set; nil for a family.
    public var dataSet: ContentHash?

    /// Makes one; what is left out is empty.
    public init(
        family: String = "", seed: UInt64 = 0, split: Split = .train, dials: [String] = [],
        dataSet: ContentHash? = nil
    ) {
        self.family = family
        self.seed = seed
        self.split = split
        self.dials = dials
        self.dataSet = dataSet
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<ProblemSource>(
        "ProblemSource", initialize: eightfold__v1__problem_source__init, empty: { ProblemSource() },
        fields: [
            .text(\.family, \.family),
            .number(\.seed, \.seed),
            .texts(\.dials, \.n_dials, \.dials),
            .hash(\.dataSet, \.data_set),
            .enumeration(\.split, \.split),
        ])
}
