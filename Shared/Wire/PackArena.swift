import CEightfoldWire

/// The memory behind the C structs of one message while it is being packed.
///
/// Everything that a C struct points to is allocated here, piece after piece out of few blocks, and freed at once when the
/// arena goes.
struct PackArena: ~Copyable {
    private var blocks = MemoryBlocks()

    /// Room for `count` values; the caller initializes it. Values must be trivial: no destructor runs.
    mutating func allocate<Value>(_ count: Int, of type: Value.Type) -> UnsafeMutablePointer<Value> {
        let bytes = max(1, count) * MemoryLayout<Value>.stride
        return blocks.take(bytes).bindMemory(to: Value.self, capacity: max(1, count))
    }

    /// A copy of the values.
    mutating func copy<Value>(_ values: [Value]) -> UnsafeMutablePointer<Value> {
        let pointer = allocate(values.count, of: Value.self)
        values.withUnsafeBufferPointer { source in
            if let base = source.baseAddress { pointer.update(from: base, count: source.count) }
        }
        return pointer
    }

    /// A NUL-terminated copy of the text, up to its first NUL.
    mutating func copy(_ text: String) -> UnsafeMutablePointer<CChar> {
        var text = text
        return text.withUTF8 { utf8 in
            let pointer = allocate(utf8.count + 1, of: CChar.self)
            utf8.withMemoryRebound(to: CChar.self) { source in
                if let base = source.baseAddress { pointer.update(from: base, count: source.count) }
            }
            pointer[utf8.count] = 0
            return pointer
        }
    }
}
