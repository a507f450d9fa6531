import CEightfoldWire
import CProtobufC

/// How a Swift value becomes a protobuf-c message and back.
///
/// The unpacked C message never leaves this file: its fields are read in place, then it is freed. All that is generic is
/// in closures made by the initialiser, where the types are known, so that none of it is looked up for each message.
public struct MessageCoding<Value: Sendable>: Sendable {
    /// Packs a value.
    @usableFromInline let pack: @Sendable (Value) -> [UInt8]
    /// Unpacks a value.
    @usableFromInline let unpack: @Sendable (UnsafeRawBufferPointer) throws(WireError) -> Value
    /// Unpacks a value out of an array.
    @usableFromInline let unpackArray: @Sendable ([UInt8]) throws(WireError) -> Value
    /// Writes the value into zeroed room for its C struct.
    let write: @Sendable (UnsafePointer<Value>, UnsafeMutableRawPointer, inout PackArena) -> Void
    /// Reads the value out of a C struct.
    let read: @Sendable (UnsafeRawPointer) throws(WireError) -> Value
    /// The message's name in the .proto files.
    let name: String
    /// What protoc-c says of the message. Proof of `unsafe`: a constant of the C code.
    nonisolated(unsafe) let descriptor: UnsafePointer<ProtobufCMessageDescriptor>

    /// Describes the message type whose C struct is `CMessage`.
    init<CMessage>(
        _ name: String,
        initialize: @escaping @Sendable (UnsafeMutablePointer<CMessage>?) -> Void,
        empty: @escaping @Sendable () -> Value,
        fields: [MessageField<Value, CMessage>]
    ) {
        let write: @Sendable (UnsafePointer<Value>, UnsafeMutableRawPointer, inout PackArena) -> Void = {
            value, room, arena in
            let message = room.bindMemory(to: CMessage.self, capacity: 1)
            initialize(message)
            for field in fields { field.write(value, message, &arena) }
        }
        let read: @Sendable (UnsafeRawPointer) throws(WireError) -> Value = { (room) throws(WireError) in
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
        let descriptor = Self.descriptor(initialize)
        self.name = name
        self.descriptor = descriptor.pointer
        let unpack: @Sendable (UnsafeRawBufferPointer) throws(WireError) -> Value = { (bytes) throws(WireError) in
            var budget = UnpackBudget()
            guard let message = budget.unpack(bytes, as: descriptor.pointer) else {
                if budget.isExhausted {
                    throw WireError(
                        .tooLarge,
                        "A \(name) message may unpack to at most \(UnpackBudget.byteLimit) bytes; this one does not.")
                }
                throw WireError(.malformed, "These \(bytes.count) bytes are no \(name) message.")
            }
            let value = try read(UnsafeRawPointer(message))
            // Here, after the last look at the message, and not before, goes the memory that it lies in.
            budget.free()
            return value
        }
        self.write = write
        self.read = read
        self.unpack = unpack
        unpackArray = { (bytes) throws(WireError) in
            let result: Result<Value, WireError> = bytes.withUnsafeBytes { bytes in
                do throws(WireError) {
                    return .success(try unpack(bytes))
                } catch {
                    return .failure(error)
                }
            }
            return try result.get()
        }
        pack = { value in
            var arena = PackArena()
            let room = UnsafeMutableRawPointer(arena.allocate(1, of: CMessage.self))
            withUnsafePointer(to: value) { write($0, room, &arena) }
            let message = UnsafeRawPointer(room).assumingMemoryBound(to: ProtobufCMessage.self)
            let size = protobuf_c_message_get_packed_size(message)
            return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
                count = buffer.baseAddress.map { protobuf_c_message_pack(message, $0) } ?? 0
            }
        }
    }

    /// `@unchecked Sendable`, proof: it points at a constant of the C code.
    private struct Descriptor: @unchecked Sendable {
        let pointer: UnsafePointer<ProtobufCMessageDescriptor>
    }

    /// An initialized message points at its descriptor, which Swift cannot take the address of otherwise.
    private static func descriptor<CMessage>(_ initialize: (UnsafeMutablePointer<CMessage>?) -> Void) -> Descriptor {
        let message = UnsafeMutablePointer<CMessage>.allocate(capacity: 1)
        defer { message.deallocate() }
        initialize(message)
        return Descriptor(
            pointer: UnsafeRawPointer(message).assumingMemoryBound(to: ProtobufCMessage.self).pointee.descriptor)
    }
}
