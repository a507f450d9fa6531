import Basics
import Testing

@testable import Ledger

@Suite struct `A segment` {
    @Test(arguments: 1...5 as ClosedRange<UInt64>)
    func `gives back the bodies that were put in`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed, name: "segment")
        var expected: [(item: Int64, body: [UInt8])] = []
        var item: Int64 = 0
        // Lengths and gaps on both sides of what one byte of a varint holds.
        for length in [0, 1, 127, 128, 129, 16_383, 16_384, 20_000] {
            item += [1, 2, 127, 128, 1 << 40].randomElement(using: &generator) ?? 1
            expected.append((item, (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }))
        }
        var segment = Segment()
        for (item, body) in expected { segment.append(item, body: body) }
        let read = try #require(Segment(bytes: segment.bytes), "seed \(seed)")
        #expect(read.items == expected.map(\.item), "seed \(seed)")
        for (item, body) in expected {
            #expect(read.body(of: item) == body && segment.body(of: item) == body, "seed \(seed), item \(item)")
        }
        #expect(read.body(of: item + 1) == nil, "seed \(seed)")
    }

    @Test func `has the layout that is written down`() {
        var segment = Segment()
        segment.append(3, body: [7, 8])
        segment.append(300, body: [9])
        #expect(segment.bytes == [3, 2, 7, 8, 0xa9, 0x02, 1, 9])
    }

    @Test(arguments: [[3], [3, 2, 7], [0, 1, 7], [0x80], Array(repeating: 0xff, count: 20)] as [[UInt8]])
    func `is not made of other bytes`(bytes: [UInt8]) {
        #expect(Segment(bytes: bytes) == nil)
    }

    @Test func `is smaller when it is compressed, and the same again afterwards`() {
        let bytes = (0..<100_000).map { UInt8($0 % 50) }
        let compressed = Deflate.compress(bytes)
        #expect(compressed.count < 2_000 && compressed == Deflate.compress(bytes))
        #expect(Deflate.decompress(compressed, size: bytes.count) == bytes)
        for size in [0, bytes.count - 1, bytes.count + 1] { #expect(Deflate.decompress(compressed, size: size) == nil) }
        #expect(Deflate.decompress(bytes, size: 10) == nil)
        #expect(Deflate.decompress(Deflate.compress([]), size: 0) == [])
    }
}
