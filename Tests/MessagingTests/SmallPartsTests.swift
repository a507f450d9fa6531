import Testing

@testable import Messaging

@Suite struct `A frame` {
    @Test func `holds what it was made of`() {
        #expect(Frame([1, 2, 3]).bytes == [1, 2, 3])
        #expect(Frame("Größe").bytes == Array("Größe".utf8))
        #expect(Frame("Größe").text == "Größe")
        #expect(Frame([UInt8]()).byteCount == 0)
        let filled = Frame(byteCount: 4) { target in for index in 0..<4 { target[index] = UInt8(index) } }
        #expect(filled.bytes == [0, 1, 2, 3])
    }

    @Test func `equals another with the same bytes`() {
        #expect(Frame("a") == Frame([97]))
        #expect(Frame("a") != Frame("b"))
        #expect(Frame("a") != Frame("aa"))
    }
}

@Suite struct `An outbox` {
    @Test func `gives back in order what was put in, and knows its size`() {
        var outbox = Outbox()
        for number in 0..<100 { outbox.append([Frame("\(number % 10)"), Frame("")]) }
        #expect(outbox.count == 100)
        #expect(outbox.byteCount == 100 * (1 + 2 * 64))
        for number in 0..<100 {
            #expect(outbox.first?[0] == Frame("\(number % 10)"))
            outbox.removeFirst()
            if number == 50 { outbox.append(["last"]) }
        }
        #expect(outbox.first == ["last"])
        outbox.removeFirst()
        #expect(outbox.isEmpty && outbox.byteCount == 0 && outbox.first == nil)
    }
}

@Suite struct `The library version` {
    @Test func `of the installed libzmq is new enough`() throws {
        try LibraryVersion.check()
    }

    @Test(arguments: [(4, 3, 3), (4, 3, 4), (4, 4, 0), (5, 0, 0)])
    func `may be 4.3.3 or newer`(major: Int, minor: Int, patch: Int) throws {
        try LibraryVersion.check((major, minor, patch))
    }

    @Test(arguments: [(4, 3, 2), (4, 2, 9), (3, 9, 9)])
    func `may not be older, and the error names both`(major: Int, minor: Int, patch: Int) {
        let error = #expect(throws: MessagingError.self) { try LibraryVersion.check((major, minor, patch)) }
        #expect(error?.code == .libraryTooOld)
        #expect(error?.message.contains("4.3.3") == true)
        #expect(error?.message.contains("found \(major).\(minor).\(patch)") == true)
    }
}

@Suite struct `A duration in whole milliseconds` {
    @Test func `is rounded up, and never out of range`() {
        #expect(Duration.zero.wholeMilliseconds == 0)
        #expect(Duration.nanoseconds(1).wholeMilliseconds == 1)
        #expect(Duration.milliseconds(1500).wholeMilliseconds == 1500)
        #expect(Duration.seconds(10_000_000_000).wholeMilliseconds == CInt.max)
    }
}

@Suite struct `A tap message` {
    @Test func `is read as it was written, and refused otherwise`() {
        let message = TapMessage(topic: "rollouts", number: 0x0102_0304_0506_0708, frames: ["a", "b"])
        #expect(TapMessage(message.wire) == message)
        #expect(message.wire[1].bytes == [8, 7, 6, 5, 4, 3, 2, 1])
        #expect(TapMessage(["topic"]) == nil)
        #expect(TapMessage(["topic", "seven b"]) == nil)
    }
}
