import CEightfoldWire
import CProtobufC

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The memory that unpacking one message may take.
///
/// Two bytes on the wire can make an empty submessage of over a hundred bytes in memory, so a limit on the size of a
/// message alone does not bound what it unpacks to. protobuf-c takes an allocator; this one stops at a limit.
struct UnpackBudget {
    /// Enough for the largest message that the hub accepts, some times over.
    static let byteLimit = 128 << 20

    private var remaining = Self.byteLimit
    private(set) var isExhausted = false

    /// Unpacks `bytes` as the message type of `descriptor`; nil if they are no such message or take too much memory.
    /// The result is freed with `protobuf_c_message_free_unpacked` and no allocator.
    mutating func unpack(
        _ bytes: UnsafeRawBufferPointer, as descriptor: UnsafePointer<ProtobufCMessageDescriptor>
    ) -> UnsafeMutablePointer<ProtobufCMessage>? {
        withUnsafeMutablePointer(to: &self) { budget in
            var allocator = ProtobufCAllocator(
                alloc: { budget, size in
                    // `unpack` passes a pointer to itself as allocator data, valid until it returns.
                    let budget = budget!.assumingMemoryBound(to: UnpackBudget.self)
                    guard size <= budget.pointee.remaining else {
                        budget.pointee.isExhausted = true
                        return nil
                    }
                    budget.pointee.remaining -= size
                    return malloc(size)
                },
                free: { _, pointer in free(pointer) },
                allocator_data: budget)
            return protobuf_c_message_unpack(
                descriptor, &allocator, bytes.count, bytes.assumingMemoryBound(to: UInt8.self).baseAddress)
        }
    }
}
