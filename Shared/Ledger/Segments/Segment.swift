/// The bodies of many items as one piece of bytes.
///
/// For each item, in the order of enqueueing: how far its place in the ledger is from that of the item before (from 0 for
/// the first) and the length of its body, both as base-128 varints as in protobuf, and the body. So it says itself whose
/// bodies it holds, and the ledger keeps one row for all of them.
struct Segment {
    /// All of it.
    private(set) var bytes: [UInt8] = []
    /// The items whose bodies it holds, in their order.
    private(set) var items: [Int64] = []
    private var places: [Int64: Range<Int>] = [:]

    /// A segment to append to.
    init() {}

    /// Reads a segment.
    ///
    /// - Returns: nil if the bytes are none.
    init?(bytes: [UInt8]) {
        self.bytes = bytes
        var position = 0
        while position < bytes.count {
            guard let gap = Self.varint(in: bytes, at: &position), let length = Self.varint(in: bytes, at: &position),
                gap > 0, gap <= Int64.max - (items.last ?? 0), length <= bytes.count - position
            else { return nil }
            note((items.last ?? 0) + Int64(gap), position..<(position + length))
            position += length
        }
    }

    /// Adds an item's body; items come in the order of enqueueing.
    mutating func append(_ item: Int64, body: [UInt8]) {
        let last = items.last ?? 0
        precondition(item > last, "Item \(item) comes after \(last)")
        append(varint: Int(item - last))
        append(varint: body.count)
        note(item, bytes.count..<(bytes.count + body.count))
        bytes += body
    }

    /// An item's body; nil if it is not in here.
    func body(of item: Int64) -> [UInt8]? { places[item].map { Array(bytes[$0]) } }

    private mutating func note(_ item: Int64, _ place: Range<Int>) {
        items.append(item)
        places[item] = place
    }

    private mutating func append(varint: Int) {
        var rest = varint
        while rest > 0x7f {
            bytes.append(UInt8(rest & 0x7f) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    private static func varint(in bytes: [UInt8], at position: inout Int) -> Int? {
        var value: UInt64 = 0
        for shift in stride(from: 0, to: 63, by: 7) {
            guard position < bytes.count else { return nil }
            let byte = bytes[position]
            position += 1
            value |= UInt64(byte & 0x7f) << UInt64(shift)
            if byte < 0x80 { return Int(value) }
        }
        return nil
    }
}
