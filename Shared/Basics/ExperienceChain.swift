import Crypto
import Foundation

/// The chained hash of all experience that a run's learner has trained on, in the order of training.
///
/// The learner keeps it in each checkpoint, the hub computes it too before it accepts one, and the audit computes it once
/// more from the ledger: so an experience that was left out, trained on twice, altered or moved is found.
public struct ExperienceChain: Sendable, Equatable {
    /// The chain's head: SHA-256 of (head before, SHA-256 of (id, a zero byte, body)).
    public private(set) var head: ContentHash

    /// The chain of no experience.
    public init() {
        head = ContentHash(of: Array("eightfold experience chain".utf8))
    }

    /// Goes on from a head that a checkpoint names.
    public init(head: ContentHash) {
        self.head = head
    }

    /// Adds one experience: its id and its packed body.
    public mutating func append(id: String, body: [UInt8]) {
        append(Self.link(id: id, body: body))
    }

    /// Adds one experience by its link.
    public mutating func append(_ link: ContentHash) {
        head = ContentHash(of: head.bytes + link.bytes)
    }

    /// What the chain takes of one experience, for those who read experience in another order than that of training.
    public static func link(id: String, body: [UInt8]) -> ContentHash {
        ContentHash(of: Array(id.utf8) + [0] + body)
    }
}
