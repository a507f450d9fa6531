/// A value that travels as one protobuf-c message.
///
/// Each type lists its fields once, in a table that both packs and unpacks it.
public protocol WireValue: Sendable, Equatable {
    /// The type's fields and its protobuf-c counterpart.
    static var coding: MessageCoding<Self> { get }
}

extension WireValue {
    /// The packed message.
    public func encoded() -> [UInt8] {
        Self.coding.pack(self)
    }

    /// Unpacks a message. Unknown fields are passed over.
    ///
    /// - Throws: `WireError` if the bytes are no such message, hold text that is no UTF-8 or an unknown enumeration
    ///   value, or would take more memory than a message may.
    public init(decoding bytes: [UInt8]) throws(WireError) {
        self = try bytes.withUnsafeBytesThrowing { bytes throws(WireError) in try Self.coding.unpack(bytes) }
    }

    /// Unpacks a message in place, out of a received frame.
    public init(decoding bytes: UnsafeRawBufferPointer) throws(WireError) {
        self = try Self.coding.unpack(bytes)
    }
}

extension [UInt8] {
    /// `withUnsafeBytes` that keeps the type of the error.
    fileprivate func withUnsafeBytesThrowing<Value>(
        _ body: (UnsafeRawBufferPointer) throws(WireError) -> Value
    ) throws(WireError) -> Value {
        let result: Result<Value, WireError> = withUnsafeBytes { bytes in
            do throws(WireError) {
                return .success(try body(bytes))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }
}
