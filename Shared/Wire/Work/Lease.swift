public import Basics
import CEightfoldWire

/// An item in a worker's hands.
public struct Lease: WireValue {
    /// Names the lease in `Complete`, `Fail` and `Release`.
    public var id: UInt64
    /// The item.
    public var item: Item
    /// 1 at the first lease.
    public var attempt: Int
    /// Where a join made the item: how its slots ended.
    public var members: [Member]
    /// The bodies that the item refers to.
    public var attachments: [Attachment]
    /// Decision points: experience of the round before that no checkpoint has yet.
    public var unconsumedExperience: UInt64
    /// Decision points: the newest checkpoint; nil before the first.
    public var checkpoint: CheckpointOutput?
    /// Decision points: the newest policy version.
    public var policyVersion: UInt64
    /// Decision points: that policy's blob.
    public var policyBlob: ContentHash?
    /// Decision points: the blob of version 0, which the run began with.
    public var basePolicyBlob: ContentHash?

    /// Makes one; what is left out is empty.
    public init(
        id: UInt64 = 0, item: Item = Item(), attempt: Int = 0, members: [Member] = [],
        attachments: [Attachment] = [], unconsumedExperience: UInt64 = 0, checkpoint: CheckpointOutput? = nil,
        policyVersion: UInt64 = 0, policyBlob: ContentHash? = nil, basePolicyBlob: ContentHash? = nil
    ) {
        self.id = id
        self.item = item
        self.attempt = attempt
        self.members = members
        self.attachments = attachments
        self.unconsumedExperience = unconsumedExperience
        self.checkpoint = checkpoint
        self.policyVersion = policyVersion
        self.policyBlob = policyBlob
        self.basePolicyBlob = basePolicyBlob
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<Lease>(
        "Lease", initialize: eightfold__v1__lease__init, empty: { Lease() },
        fields: [
            .number(\.id, \.id),
            .message(\.item, \.item),
            .count(\.attempt, \.attempt),
            .messages(\.members, \.n_members, \.members),
            .messages(\.attachments, \.n_attachments, \.attachments),
            .number(\.unconsumedExperience, \.unconsumed_experience),
            .message(\.checkpoint, \.checkpoint),
            .number(\.policyVersion, \.policy_version),
            .hash(\.policyBlob, \.policy_blob),
            .hash(\.basePolicyBlob, \.base_policy_blob),
        ])
}
