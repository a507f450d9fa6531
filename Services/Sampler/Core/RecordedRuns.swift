import Basics
import Foundation
import Ledger
import Logging
import ServiceKit
import Wire

/// The runs whose rollouts are taken in place of sampling the same again.
///
/// They save time and nothing depends on them: one that is gone or cannot be read is told of, and what it would have had is sampled.
actor RecordedRuns {
    private var runs: [(folder: RunFolder, rollouts: RecordedRollouts)] = []
    private var hasToOpen: [RunFolder]
    private var takenCount = 0
    private let numerics: String
    private let logger: Logger

    init(_ folders: [RunFolder], numerics: String, _ logger: Logger) {
        self.numerics = numerics
        hasToOpen = folders
        self.logger = logger
    }

    /// The rollouts that a request would sample; nil if no run has them.
    func rollouts(
        of lease: Lease, _ request: Request, _ problem: [UInt8], _ policy: ContentHash, seed: UInt64
    ) -> [Rollout]? {
        open()
        for (index, run) in runs.enumerated().reversed() {
            do {
                let found = try run.rollouts.rollouts(
                    of: lease.item.id, request, problem: problem, policy: policy, numerics: numerics, seed: seed)
                guard let found else { continue }
                takenCount += 1
                if takenCount == 1 { logger.info("Rollouts are taken from \(run.folder.url.path).") }
                return found
            } catch {
                leave(run.folder, error)
                runs.remove(at: index)
            }
        }
        return nil
    }

    private func open() {
        for folder in hasToOpen {
            do {
                let rollouts = try RecordedRollouts(path: folder.ledger.path, blobs: folder.blobs)
                runs.append((folder, rollouts))
            } catch {
                leave(folder, error)
            }
        }
        hasToOpen = []
    }

    private func leave(_ folder: RunFolder, _ error: any Error) {
        logger.warning("What \(folder.url.path) would have had is sampled again. \(error)")
    }
}
