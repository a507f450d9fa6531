import CEightfoldWire

/// The body of an item that a leased item refers to.
public struct Attachment: WireValue {
    /// Its id.
    public var item: String
    /// Its body.
    public var body: [UInt8]

    /// Makes one; what is left out is empty.
    public init(item: String = "", body: [UInt8] = []) {
        self.item = item
        self.body = body
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<Attachment>(
        "Attachment", initialize: eightfold__v1__attachment__init, empty: { Attachment() },
        fields: [
            .text(\.item, \.item),
            .bytes(\.body, \.body),
        ])
}
