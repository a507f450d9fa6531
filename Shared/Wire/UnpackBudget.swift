import CEightfoldWire
import CProtobufC

/// The memory that unpacking one message takes, and its limit.
///
/// Two bytes on the wire can make an empty submessage of over a hundred bytes in memory, so a limit on the size of a
/// message alone does not bound what it unpacks to. protobuf-c takes an allocator; this one stops at a limit, and frees
/// all that was unpacked at once, when it goes itself.
struct UnpackBudget: ~Copyable {
    /// Enough for the largest message that the hub accepts, some times over.
    static let byteLimit = 128 << 20

    private var blocks = MemoryBlocks()
    private var remaining = Self.byteLimit
    private(set) var isExhausted = false

    /// Unpacks `bytes` as the message type of `descriptor`; nil if they are no such message or take too much memory.
    /// The result is good as long as the budget.
    mutating func unpack(
        _ bytes: UnsafeRawBufferPointer, as descriptor: UnsafePointer<ProtobufCMessageDescriptor>
    ) -> UnsafeMutablePointer<ProtobufCMessage>? {
        withUnsafeMutablePointer(to: &self) { budget in
            var allocator = ProtobufCAllocator(
                // `unpack` passes a pointer to itself as allocator data, valid until it returns.
                alloc: { $0!.assumingMemoryBound(to: UnpackBudget.self).pointee.take($1) },
                free: { _, _ in },
                allocator_data: budget)
            return protobuf_c_message_unpack(
                descriptor, &allocator, bytes.count, bytes.assumingMemoryBound(to: UInt8.self).baseAddress)
        }
    }

    /// Gives the memory of what was unpacked back.
    consuming func free() {}

    private mutating func take(_ byteCount: Int) -> UnsafeMutableRawPointer? {
        guard byteCount <= remaining else {
            isExhausted = true
            return nil
        }
        remaining -= byteCount
        return blocks.take(byteCount)
    }
}
