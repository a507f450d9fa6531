import Basics
import Foundation
import LanguageModel
import Mathematics
import Tokenization
import Wire

/// Decodes jobs on one thread, whichever policy versions they name.
final class Decoder {
    private let slotCount: Int
    private let threadCount: Int
    private let precision: Precision
    private let packed: PackedFiles
    private let warn: (String) -> Void
    private var policies: [ContentHash: Policy] = [:]

    /// A policy version in use.
    private final class Policy {
        let batch: ContinuousBatch
        var jobs: [Int: (job: DecodingThread.Job, prompt: [Token], rollouts: [DecodedRollout?])] = [:]

        init(_ batch: ContinuousBatch) {
            self.batch = batch
        }
    }

    /// - Parameters:
    ///   - packed: the weights that the samplers of this host share.
    ///   - warn: told of what costs something and stops nothing.
    init(
        slotCount: Int, threadCount: Int, precision: Precision, packed: PackedFiles,
        warn: @escaping (String) -> Void = { _ in }
    ) {
        self.slotCount = slotCount
        self.packed = packed
        self.warn = warn
        self.precision = precision
        self.threadCount = threadCount
    }

    var isIdle: Bool { policies.values.allSatisfy { $0.batch.isEmpty } }

    /// Takes a job up; returns its end if it cannot be decoded.
    func begin(_ job: DecodingThread.Job) -> DecodingThread.Ended? {
        do {
            let policy = try policy(of: job)
            let tokenizer = policy.batch.model.tokenizer
            let prompt =
                tokenizer.prompt(for: job.question)
                + job.request.prefixTokens.map { Token(bitPattern: $0) }
            let sampling = job.request.sampling
            let settings = try DecodingSettings(
                temperature: sampling.temperature, topK: sampling.topK == 0 ? nil : sampling.topK, topP: sampling.topP,
                maximumNewTokens: max(1, sampling.maximumTokens - job.request.prefixTokens.count))
            let seeds = (0..<sampling.rollouts).map { index in
                var generator = SeededGenerator(seed: job.runSeed, name: "\(job.lease.item.id).r\(index)")
                return generator.next()
            }
            let id = try policy.batch.submit(RolloutRequest(prompt: prompt, seeds: seeds, settings: settings))
            policy.jobs[id] = (job, prompt, Array(repeating: nil, count: sampling.rollouts))
            return nil
        } catch {
            return DecodingThread.Ended(job: job, rollouts: .failure(SamplerError(message: "\(error)")))
        }
    }

    /// Advances every rollout by one token; returns the jobs that this finished.
    func step() -> [DecodingThread.Ended] {
        var ended: [DecodingThread.Ended] = []
        for (sha256, policy) in policies where !policy.batch.isEmpty {
            for rollout in policy.batch.step() {
                policy.jobs[rollout.request]?.rollouts[rollout.index] = rollout
                guard let (job, prompt, rollouts) = policy.jobs[rollout.request],
                    rollouts.allSatisfy({ $0 != nil })
                else { continue }
                policy.jobs[rollout.request] = nil
                let decoded = rollouts.compactMap { $0 }
                ended.append(
                    DecodingThread.Ended(
                        job: job,
                        rollouts: .success(
                            decoded.map { self.rollout($0, of: job, prompt, policy.batch.model.tokenizer, sha256) })))
            }
        }
        return ended
    }

    private func policy(of job: DecodingThread.Job) throws -> Policy {
        if let policy = policies[job.policySHA256] { return policy }
        // Versions that nothing waits for are dropped before another one is loaded.
        policies = policies.filter { !$0.value.batch.isEmpty }
        let model = try Model.load(job.policyFile.path)
        let file = packed.file(of: job.policySHA256, precision)
        packed.removeOld(keeping: file)
        let batch = ContinuousBatch(
            model: model, slotCount: slotCount, precision: precision, packedFile: file.path, threadCount: threadCount)
        if let failure = batch.sharingFailure { warn("This sampler has weights of its own. \(failure.message)") }
        let policy = Policy(batch)
        policies[job.policySHA256] = policy
        return policy
    }

    private func rollout(
        _ decoded: DecodedRollout, of job: DecodingThread.Job, _ prompt: [Token], _ tokenizer: Tokenizer,
        _ sha256: ContentHash
    ) -> Rollout {
        let ends = stepEnds(of: decoded.tokens) { tokenizer.decodedBytes([$0]) }
        // The prefix's text comes from its tokens, too: a token may hold the end of one step and the start of the next.
        let solution = prompt.suffix(job.request.prefixTokens.count) + decoded.tokens
        return Rollout(
            tokens: decoded.tokens.map { UInt32(bitPattern: $0) }, logProbabilities: decoded.logProbabilities,
            stepEnds: ends.map(UInt32.init), text: tokenizer.decode(solution),
            finish: decoded.finish == .endOfSequence ? .endOfSequence : .length,
            policyVersion: job.request.policyVersion, policySHA256: sha256, numerics: Numerics.name(precision),
            temperature: job.request.sampling.temperature,
            promptTokens: prompt.dropLast(job.request.prefixTokens.count).map { UInt32(bitPattern: $0) })
    }
}

/// A request that cannot be decoded.
struct SamplerError: Error, CustomStringConvertible {
    let message: String
    var description: String { message }
}
