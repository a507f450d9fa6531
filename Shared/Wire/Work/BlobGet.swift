public import Basics
import CEightfoldWire

/// Asks for a chunk of a blob.
public struct BlobGet: WireValue {
    /// The blob.
    public var sha256: ContentHash?
    /// Where to begin.
    public var offset: UInt64
    /// At most so many bytes.
    public var limit: Int

    /// Makes one; what is left out is empty.
    public init(sha256: ContentHash? = nil, offset: UInt64 = 0, limit: Int = 0) {
        self.sha256 = sha256
        self.offset = offset
        self.limit = limit
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<BlobGet>(
        "BlobGet", initialize: eightfold__v1__blob_get__init, empty: { BlobGet() },
        fields: [
            .hash(\.sha256, \.sha256),
            .number(\.offset, \.offset),
            .count(\.limit, \.limit),
        ])
}
