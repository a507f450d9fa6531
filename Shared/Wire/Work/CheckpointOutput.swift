public import Basics
import CEightfoldWire

/// The checkpoint that a learner's `Complete` makes the newest.
public struct CheckpointOutput: WireValue {
    /// One more than the last.
    public var number: UInt64
    /// The checkpoint.
    public var blob: ContentHash?
    /// The chained hash of the experience consumed so far.
    public var chain: ContentHash?
    /// Updates of the weights so far.
    public var updates: UInt64
    /// Whether it creates the next policy version.
    public var publishes: Bool
    /// The policy, if it publishes.
    public var policyBlob: ContentHash?

    /// Makes one; what is left out is empty.
    public init(
        number: UInt64 = 0, blob: ContentHash? = nil, chain: ContentHash? = nil, updates: UInt64 = 0,
        publishes: Bool = false, policyBlob: ContentHash? = nil
    ) {
        self.number = number
        self.blob = blob
        self.chain = chain
        self.updates = updates
        self.publishes = publishes
        self.policyBlob = policyBlob
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<CheckpointOutput>(
        "CheckpointOutput", initialize: eightfold__v1__checkpoint_output__init, empty: { CheckpointOutput() },
        fields: [
            .number(\.number, \.number),
            .hash(\.blob, \.blob),
            .hash(\.chain, \.chain),
            .number(\.updates, \.updates),
            .flag(\.publishes, \.publishes),
            .hash(\.policyBlob, \.policy_blob),
        ])
}
