import Basics
import Testing
import Wire

@Suite struct `Wire message` {
    static let envelope = Envelope(
        major: WireVersion.major, minor: 0, type: .complete, run: "r", id: "m1", causes: ["1.0.3", "m0"],
        traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", sender: "sampler-2",
        sentUnixNanoseconds: .max, attempt: 2)

    @Test func `a message comes back as it was sent`() throws {
        let sent = WireMessage(envelope: Self.envelope, payload: Release(leases: [1, 2]).encoded())
        let received = try WireMessage(frames: sent.frames)
        #expect(received == sent)
        #expect(try Release(decoding: received.payload).leases == [1, 2])
    }

    @Test func `every field of nested messages survives`() throws {
        let hash = try #require(ContentHash(bytes: Array(0..<32)))
        let complete = Complete(
            leases: [7, .max],
            groups: [
                NewGroup(
                    number: 1, size: 8, kind: .rollout, owns: SlotRange(first: 3, count: 1),
                    whenFull: Item(
                        id: "g", queue: .groups, purpose: .preference, body: [0, 255], refersTo: ["a", "é"]))
            ],
            items: [NewItem(item: Item(id: "r0", queue: .rollouts), group: 1, owns: SlotRange(first: 0, count: 1))],
            endings: [SlotEnding(group: 0, slot: 2, end: .error, result: [1], reason: "no")],
            checkpoint: CheckpointOutput(
                number: 4, blob: hash, chain: hash, updates: 99, publishes: true, policyBlob: nil))
        #expect(try Complete(decoding: complete.encoded()) == complete)
        let rollout = Rollout(
            tokens: [1, 2], logProbabilities: [-0.5, -.infinity], stepEnds: [2], text: "1+1=2\n", finish: .length,
            policyVersion: 3, policySHA256: hash, numerics: "n", temperature: 0.7, promptTokens: [9])
        #expect(try Rollout(decoding: rollout.encoded()) == rollout)
    }

    @Test func `another major version is refused and the sentence names both`() throws {
        var envelope = Self.envelope
        envelope.major = WireVersion.major + 1
        let frames = WireMessage(envelope: envelope, payload: []).frames
        let error = try #require(throws: WireError.self) { try WireMessage(frames: frames) }
        #expect(error.code == .version)
        #expect(error.message.contains("version \(WireVersion.major) ") && error.message.contains("\(envelope.major)"))
    }

    @Test func `a newer minor version with unknown fields is accepted`() throws {
        var envelope = Self.envelope
        envelope.minor = 1_000
        let unknownField: [UInt8] = [0xfa, 0x7f, 0x03, 1, 2, 3]  // field 2047, three bytes
        var frames = WireMessage(envelope: envelope, payload: Release(leases: [5]).encoded()).frames
        frames[0] += unknownField
        frames[1] += unknownField
        let message = try WireMessage(frames: frames)
        #expect(message.envelope.minor == 1_000)
        #expect(try Release(decoding: message.payload).leases == [5])
    }

    @Test(arguments: [0, 1, 4]) func `a wrong number of frames is refused`(count: Int) throws {
        let frames = [[UInt8]](repeating: Self.envelope.encoded(), count: count)
        let error = try #require(throws: WireError.self) { try WireMessage(frames: frames) }
        #expect(error.code == .frameCount)
    }

    @Test func `a raw frame is refused on a message that carries no chunk`() throws {
        let frames = WireMessage(envelope: Self.envelope, payload: [], chunk: [1]).frames
        #expect(try #require(throws: WireError.self) { try WireMessage(frames: frames) }.code == .frameCount)
    }

    @Test func `text that is no UTF-8 is refused`() throws {
        let fail: [UInt8] = [0x12, 0x02, 0xc3, 0x28]  // field 2 (reason), an invalid sequence
        #expect(try #require(throws: WireError.self) { try Fail(decoding: fail) }.code == .invalidText)
    }

    @Test func `an enumeration value of a newer version is refused by name`() throws {
        let answer: [UInt8] = [0x08, 0x63]  // code 99
        let error = try #require(throws: WireError.self) { try Answer(decoding: answer) }
        #expect(error.code == .unknownValue && error.message.contains("99"))
    }

    @Test func `a small message that would unpack to a huge one is refused`() throws {
        // Each two bytes make an empty Lease of over a hundred bytes.
        let bomb = [UInt8](repeating: 0, count: 8 << 20).enumerated().map { $0.offset % 2 == 0 ? UInt8(0x0a) : 0 }
        #expect(try #require(throws: WireError.self) { try Work(decoding: bomb) }.code == .tooLarge)
    }

    @Test func `mutated messages are refused or read but never crash`() throws {
        let seed = UInt64(20_261_121)
        var generator = SeededGenerator(seed: seed, name: "mutated messages")
        let complete = Complete(
            leases: [7], groups: [NewGroup(number: 1, size: 8, whenFull: Item(id: "g"))],
            items: [NewItem(item: Item(id: "r0", body: [1, 2, 3]))], endings: [SlotEnding(reason: "why")])
        let frames = WireMessage(envelope: Self.envelope, payload: complete.encoded()).frames
        var refused = 0
        for _ in 0..<5_000 {
            var mutated = frames
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let frame = Int.random(in: 0..<2, using: &generator)
                let place = Int.random(in: 0..<mutated[frame].count, using: &generator)
                mutated[frame][place] = .random(in: 0...255, using: &generator)
            }
            do throws(WireError) {
                _ = try Complete(decoding: try WireMessage(frames: mutated).payload)
            } catch {
                refused += 1
            }
        }
        #expect(refused > 500, "seed \(seed)")
    }
}
