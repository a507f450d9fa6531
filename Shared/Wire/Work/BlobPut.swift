public import Basics
import CEightfoldWire

/// One chunk of a blob, in order; the chunk follows as a raw frame. Without a chunk it asks where to go on.
public struct BlobPut: WireValue {
    /// The whole blob's hash.
    public var sha256: ContentHash?
    /// The whole blob's size in bytes.
    public var size: UInt64
    /// The chunk's place.
    public var offset: UInt64

    /// Makes one; what is left out is empty.
    public init(sha256: ContentHash? = nil, size: UInt64 = 0, offset: UInt64 = 0) {
        self.sha256 = sha256
        self.size = size
        self.offset = offset
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<BlobPut>(
        "BlobPut", initialize: eightfold__v1__blob_put__init, empty: { BlobPut() },
        fields: [
            .hash(\.sha256, \.sha256),
            .number(\.size, \.size),
            .number(\.offset, \.offset),
        ])
}
