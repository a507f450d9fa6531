import CEightfoldWire
import CProtobufC

/// How a Swift value becomes a protobuf-c message and back.
///
/// The unpacked C message never leaves this file: its fields are read in place, then it is freed.
public struct MessageCoding<Value: Sendable>: Sendable {
    /// Writes the value into zeroed room for its C struct.
    let write: @Sendable (Value, UnsafeMutableRawPointer, inout PackArena) -> Void
    /// Reads the value out of a C struct.
    let read: @Sendable (UnsafeRawPointer) throws(WireError) -> Value
    /// The size of the C struct.
    let byteCount: Int
    /// The message's name in the .proto files.
    let name: String
    let descriptor: @Sendable () -> UnsafePointer<ProtobufCMessageDescriptor>

    /// Describes the message type whose C struct is `CMessage`.
    init<CMessage>(
        _ name: String,
        initialize: @escaping @Sendable (UnsafeMutablePointer<CMessage>?) -> Void,
        empty: @escaping @Sendable () -> Value,
        fields: [MessageField<Value, CMessage>]
    ) {
        self.name = name
        byteCount = MemoryLayout<CMessage>.size
        // An initialized message points at its descriptor, which Swift cannot take the address of otherwise.
        descriptor = {
            let message = UnsafeMutablePointer<CMessage>.allocate(capacity: 1)
            defer { message.deallocate() }
            initialize(message)
            return UnsafeRawPointer(message).assumingMemoryBound(to: ProtobufCMessage.self).pointee.descriptor
        }
        write = { value, room, arena in
            let message = room.bindMemory(to: CMessage.self, capacity: 1)
            initialize(message)
            for field in fields { field.write(value, message, &arena) }
        }
        read = { (room) throws(WireError) in
            let message = room.assumingMemoryBound(to: CMessage.self)
            var value = empty()
            for field in fields {
                do throws(WireError) {
                    try field.read(message, &value)
                } catch {
                    throw WireError(error.code, "A \(name) message: \(error.message)")
                }
            }
            return value
        }
    }

    func pack(_ value: Value) -> [UInt8] {
        var arena = PackArena()
        let room = UnsafeMutableRawPointer(arena.allocate((byteCount + 15) / 16, of: (UInt64, UInt64).self))
        write(value, room, &arena)
        let message = UnsafeRawPointer(room).assumingMemoryBound(to: ProtobufCMessage.self)
        let size = protobuf_c_message_get_packed_size(message)
        return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            count = buffer.baseAddress.map { protobuf_c_message_pack(message, $0) } ?? 0
        }
    }

    func unpack(_ bytes: UnsafeRawBufferPointer) throws(WireError) -> Value {
        var budget = UnpackBudget()
        guard let message = budget.unpack(bytes, as: descriptor()) else {
            if budget.isExhausted {
                throw WireError(
                    .tooLarge,
                    "A \(name) message may unpack to at most \(UnpackBudget.byteLimit) bytes; this one does not.")
            }
            throw WireError(.malformed, "These \(bytes.count) bytes are no \(name) message.")
        }
        defer { protobuf_c_message_free_unpacked(message, nil) }
        return try read(UnsafeRawPointer(message))
    }
}
