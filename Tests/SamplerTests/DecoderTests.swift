import Basics
import Foundation
import LanguageModel
import Testing
import Tokenization
import Wire

@testable import SamplerCore

@Suite struct `Decoding of jobs` {
    private let place: TemporaryPolicy
    private let bytes = Tokenizer.bytes

    init() throws { place = try TemporaryPolicy() }

    @Test func `rollouts depend on the run's seed and the item's id, not on what is decoded beside them`() throws {
        let plan = SamplingPlan(rollouts: 3, temperature: 1, topP: 1, maximumTokens: 12)
        let job = place.job("1.0.0.5.q", Request(sampling: plan))
        let alone = try rollouts(of: [job])[0]
        let others = (0..<5).map { place.job("1.0.0.\($0).q", Request(sampling: plan)) }
        #expect(try rollouts(of: others + [job]).last == alone)
        #expect(try rollouts(of: others)[0] != alone)
        #expect(try rollouts(of: [place.job("1.0.0.5.q", Request(sampling: plan), runSeed: 8)])[0] != alone)
        #expect(alone.count == 3 && alone[0].tokens != alone[1].tokens)
        for rollout in alone {
            #expect(rollout.tokens.count == rollout.logProbabilities.count)
            #expect(rollout.stepEnds.last == UInt32(rollout.tokens.count))
            #expect(rollout.policySHA256 == place.sha256 && rollout.numerics == Numerics.name(.fp32))
        }
    }

    @Test func `a continuation's text is that of the prefix's tokens and its own`() throws {
        // The last byte of the prefix is half of a character, as a token may be.
        let prefix = Array("1+1=2\n2".utf8) + [0xc3]
        let request = Request(
            sampling: SamplingPlan(rollouts: 2, temperature: 1, topP: 1, maximumTokens: 20),
            prefixTokens: bytes.encode(prefix, parsesSpecialTokens: false).map { UInt32(bitPattern: $0) },
            prefixText: "not looked at")
        for rollout in try rollouts(of: [place.job("1.0.0.5.g.q0", request)])[0] {
            #expect(rollout.tokens.count <= 20 - prefix.count, "The prefix counts.")
            let tokens = (request.prefixTokens + rollout.tokens).map { Token(bitPattern: $0) }
            #expect(rollout.text == bytes.decode(tokens.filter { !bytes.isSpecial($0) }))
            #expect(rollout.text.hasPrefix("1+1=2\n2"))
            #expect(
                bytes.decode(rollout.promptTokens.map { Token(bitPattern: $0) }).contains(place.question),
                "The prompt is the question alone.")
        }
    }

    @Test func `a policy that cannot be read ends the job with the reason, and the others go on`() throws {
        let plan = SamplingPlan(rollouts: 1, temperature: 1, topP: 1, maximumTokens: 4)
        let decoder = Decoder(
            slotCount: 4, threadCount: 1, precision: .fp32, packed: PackedFiles(folder: place.folder))
        #expect(decoder.begin(place.job("1.0.0.0.q", Request(sampling: plan))) == nil)
        let ended = try #require(decoder.begin(place.job("1.0.0.1.q", Request(sampling: plan), file: "nowhere.gguf")))
        let error = #expect(throws: SamplerError.self) { try ended.rollouts.get() }
        #expect(error?.message.contains("nowhere.gguf") == true)
        #expect(!decoder.isIdle)
    }

    /// What the jobs come to, decoded together, in their order.
    private func rollouts(of jobs: [DecodingThread.Job]) throws -> [[Rollout]] {
        let decoder = Decoder(
            slotCount: 4, threadCount: 1, precision: .fp32, packed: PackedFiles(folder: place.folder))
        for job in jobs { try #require(decoder.begin(job) == nil) }
        var found: [String: [Rollout]] = [:]
        while !decoder.isIdle {
            for ended in decoder.step() { found[ended.job.lease.item.id] = try ended.rollouts.get() }
        }
        return try jobs.map { try #require(found[$0.lease.item.id]) }
    }
}

/// A small random policy in a file.
private final class TemporaryPolicy {
    let question = "What is 1+1?"
    let sha256: ContentHash
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "eightfold-sampler-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: "policy.gguf")
        let shape = try ModelShape(
            vocabularySize: 257, contextLength: 96, width: 16, layerCount: 1, headCount: 2, keyValueHeadCount: 1,
            feedForwardWidth: 32)
        try Model.random(shape: shape, seed: 4).write(file.path)
        sha256 = try ContentHash(ofFile: file)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func job(
        _ id: String, _ request: Request, runSeed: UInt64 = 7, file: String = "policy.gguf"
    ) -> DecodingThread.Job {
        DecodingThread.Job(
            lease: Lease(id: 1, item: Item(id: id, queue: .requests)), request: request, question: question,
            policyFile: folder.appending(path: file),
            policySHA256: file == "policy.gguf" ? sha256 : ContentHash(of: [UInt8]()),
            runSeed: runSeed)
    }
}
