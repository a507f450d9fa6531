public import Basics
import CEightfoldWire

/// To a `BlobPut`: where to go on. To a `BlobGet`: the chunk's place; the chunk follows as a raw frame.
public struct BlobChunk: WireValue {
    /// The blob.
    public var sha256: ContentHash?
    /// Its size in bytes.
    public var size: UInt64
    /// See above.
    public var offset: UInt64
    /// To a `BlobPut`: the whole is there and verified.
    public var complete: Bool
    /// The id of the message that is answered.
    public var to: String

    /// Makes one; what is left out is empty.
    public init(
        sha256: ContentHash? = nil, size: UInt64 = 0, offset: UInt64 = 0, complete: Bool = false, to: String = ""
    ) {
        self.sha256 = sha256
        self.size = size
        self.offset = offset
        self.complete = complete
        self.to = to
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<BlobChunk>(
        "BlobChunk", initialize: eightfold__v1__blob_chunk__init, empty: { BlobChunk() },
        fields: [
            .hash(\.sha256, \.sha256),
            .number(\.size, \.size),
            .number(\.offset, \.offset),
            .flag(\.complete, \.complete),
            .text(\.to, \.to),
        ])
}
