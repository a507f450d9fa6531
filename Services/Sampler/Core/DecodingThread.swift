import Basics
import Foundation
import LanguageModel
import Synchronization
import Wire

/// The thread that decodes: it owns the policies in use and one continuous batch for each.
///
/// Requests come in from any task and leave when all their rollouts are finished. A request is decoded by the policy
/// version that it names from its first token to its last.
final class DecodingThread: Sendable {
    /// What to decode.
    struct Job: Sendable {
        let lease: Lease
        let request: Request
        let question: String
        let policyFile: URL
        let policySHA256: ContentHash
        let runSeed: UInt64
    }

    /// A job that is over.
    struct Ended: Sendable {
        let job: Job
        let rollouts: Result<[Rollout], SamplerError>
    }

    /// The jobs that are over, in the order in which they ended, for one consumer.
    let ended: AsyncStream<Ended>

    private let continuation: AsyncStream<Ended>.Continuation
    private let inbox = Mutex<Inbox>(Inbox())
    private let wake = DispatchSemaphore(value: 0)

    private struct Inbox {
        var jobs: [Job] = []
        var isStopping = false
    }

    /// Starts the thread.
    ///
    /// - Parameters:
    ///   - slotCount: rollouts decoded at once, for each policy version in use.
    ///   - threadCount: threads to compute with.
    ///   - precision: of the products' operands.
    ///   - packed: the weights that the samplers of this host share.
    ///   - warn: told of what costs something and stops nothing.
    init(
        slotCount: Int, threadCount: Int, precision: Precision, packed: PackedFiles,
        warn: @escaping @Sendable (String) -> Void
    ) {
        (ended, continuation) = AsyncStream.makeStream()
        let thread = Thread { [self] in
            let decoder = Decoder(
                slotCount: slotCount, threadCount: threadCount, precision: precision, packed: packed, warn: warn)
            while true {
                if decoder.isIdle { wake.wait() }
                let (jobs, isStopping) = inbox.withLock { inbox in
                    defer { inbox.jobs = [] }
                    return (inbox.jobs, inbox.isStopping)
                }
                if isStopping { break }
                for job in jobs { decoder.begin(job).map { _ = continuation.yield($0) } }
                for job in decoder.step() { continuation.yield(job) }
            }
            continuation.finish()
        }
        thread.name = "decoding"
        thread.stackSize = 16 << 20
        thread.start()
    }

    /// Asks for a job's rollouts.
    func submit(_ job: Job) {
        inbox.withLock { $0.jobs.append(job) }
        wake.signal()
    }

    /// Ends the thread; jobs that are not over are dropped.
    func stop() {
        inbox.withLock { $0.isStopping = true }
        wake.signal()
    }
}
