import Basics
import Testing

@testable import OperatorCore

@Suite struct `Growing text` {
    /// Each byte as a piece of its own.
    private func pieces(_ bytes: [UInt8]) -> [String] {
        var text = GrowingText()
        return bytes.map { text.append([$0]) } + [text.finish()]
    }

    @Test func `holds a character back until its last byte`() {
        #expect(pieces(Array("aé≈😀".utf8)) == ["a", "", "é", "", "", "≈", "", "", "", "😀", ""])
    }

    @Test func `gives out at once what no byte can complete`() {
        // A lone continuation byte, a lead that never leads, a surrogate's beginning, and one beyond U+10FFFF.
        #expect(pieces([0x80, 0x61]) == ["\u{fffd}", "a", ""])
        #expect(pieces([0xff]) == ["\u{fffd}", ""])
        #expect(pieces([0xed, 0xa0]) == ["", "\u{fffd}\u{fffd}", ""])
        #expect(pieces([0xf4, 0x90]) == ["", "\u{fffd}\u{fffd}", ""])
        #expect(pieces([0xe2, 0x61]) == ["", "\u{fffd}a", ""])
    }

    @Test func `gives out what was begun at the end`() {
        #expect(pieces([0x61, 0xf0, 0x9f, 0x98]) == ["a", "", "", "", "\u{fffd}"])
    }

    @Test func `is the text of all bytes, however they are cut`() {
        for seed in UInt64(0)..<200 {
            var generator = SeededGenerator(seed: seed, name: "growing text")
            // Bytes that often make characters, and often break them.
            let lead: [UInt8] = [0x61, 0xc3, 0xe2, 0xe0, 0xed, 0xf0, 0xf4, 0x80, 0x89, 0x9f, 0xa9, 0xbf, 0xff]
            let bytes = (0..<64).map { _ in lead[Int(generator.next() % UInt64(lead.count))] }
            var (text, whole, rest) = (GrowingText(), "", bytes[...])
            while !rest.isEmpty {
                let count = Int(generator.next() % 4) + 1
                whole += text.append(rest.prefix(count))
                rest = rest.dropFirst(count)
            }
            whole += text.finish()
            #expect(
                Array(whole.unicodeScalars) == Array(String(decoding: bytes, as: UTF8.self).unicodeScalars),
                "seed \(seed)")
        }
    }
}
