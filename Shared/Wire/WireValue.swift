/// A value that travels as one protobuf-c message.
///
/// Each type lists its fields once, in a table that both packs and unpacks it.
public protocol WireValue: Sendable, Equatable {
    /// The type's fields and its protobuf-c counterpart.
    static var coding: MessageCoding<Self> { get }
}

// Inlinable, so that the types are known where a message is packed or unpacked.
extension WireValue {
    /// The packed message.
    @inlinable
    public func encoded() -> [UInt8] {
        Self.coding.pack(self)
    }

    /// Unpacks a message. Unknown fields are passed over.
    ///
    /// - Throws: `WireError` if the bytes are no such message, hold text that is no UTF-8 or an unknown enumeration
    ///   value, or would take more memory than a message may.
    @inlinable
    public init(decoding bytes: [UInt8]) throws(WireError) {
        self = try Self.coding.unpackArray(bytes)
    }

    /// Unpacks a message in place, out of a received frame.
    @inlinable
    public init(decoding bytes: UnsafeRawBufferPointer) throws(WireError) {
        self = try Self.coding.unpack(bytes)
    }
}
