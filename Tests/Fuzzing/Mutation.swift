public import Basics

/// Damages bytes as a hostile or a broken source might.
public enum Mutation {
    /// Numbers at the edges of what counts, sizes and offsets can hold.
    private static let edges: [UInt64] = [
        0, 1, 2, 31, 32, 33, 1 << 16, 1 << 24, 1 << 31 - 1, 1 << 31, 1 << 32 - 1, 1 << 32, 1 << 40, 1 << 40 + 1,
        1 << 61, 1 << 63 - 1, 1 << 63, .max - 31, .max - 7, .max,
    ]

    /// A copy with one to three kinds of damage.
    ///
    /// - Parameter focus: where most of the damage is done, such as the file's header.
    public static func bytes(
        _ whole: [UInt8], focus: Range<Int>, using generator: inout SeededGenerator
    ) -> [UInt8] {
        var bytes = whole
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            let reach = Int.random(in: 0..<10, using: &generator) < 9 ? focus.upperBound : bytes.count
            damage(&bytes, below: min(reach, bytes.count), &generator)
        }
        return bytes
    }

    private static func damage(_ bytes: inout [UInt8], below end: Int, _ generator: inout SeededGenerator) {
        guard end > 8 else { return }
        let place = Int.random(in: 0..<end, using: &generator)
        let length = Int.random(in: 1...min(64, end - 1), using: &generator)
        let range = place..<min(place + length, end)
        let kind = Int.random(in: 0..<11, using: &generator)
        switch kind {
        case 0, 1:
            for _ in 0...(2 * kind) {
                bytes[Int.random(in: 0..<end, using: &generator)] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            }
        case 2: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        case 3: bytes[place] = [0, 0x7f, 0x80, 0xff][Int.random(in: 0..<4, using: &generator)]
        case 4: bytes.removeSubrange(Int.random(in: 0..<bytes.count, using: &generator)...)
        case 5: write(edge(&generator), 8, at: min(place, end - 8), in: &bytes)
        case 6: write(edge(&generator), 4, at: min(place, end - 4), in: &bytes)
        case 7:
            // Counts, types and sizes are small numbers: one more or one less is the likeliest way to be wrong.
            let place = min(place, end - 4)
            bytes[place] = bytes[place] &+ UInt8(Bool.random(using: &generator) ? 1 : 255)
        case 8: bytes.removeSubrange(range)
        case 9: bytes.insert(contentsOf: bytes[range], at: Int.random(in: 0...end, using: &generator))
        default:
            let source = Int.random(in: 0...(end - range.count), using: &generator)
            bytes.replaceSubrange(range, with: Array(bytes[source..<(source + range.count)]))
        }
    }

    private static func edge(_ generator: inout SeededGenerator) -> UInt64 {
        edges[Int.random(in: edges.indices, using: &generator)]
    }

    private static func write(_ value: UInt64, _ count: Int, at place: Int, in bytes: inout [UInt8]) {
        for index in 0..<count { bytes[place + index] = UInt8(truncatingIfNeeded: value >> (8 * UInt64(index))) }
    }
}
