import Basics
public import Blobs
public import Foundation
public import HubCore
public import Ledger

/// A hub without sockets, in a folder of its own, with a clock that the test moves.
public final class SimulatedHub {
    /// The folder; removed with this object.
    public let folder: URL
    /// What the hub is told.
    public var settings: ExchangeSettings
    /// The hub's blobs.
    public let blobs: BlobStore
    /// The hub's ledger; another object after each restart.
    public private(set) var ledger: Ledger
    /// The hub's state machine; another object after each restart.
    public private(set) var exchange: Exchange
    /// The time.
    public var milliseconds: Int64 = 1_000
    private var starts = 1

    /// Begins a run.
    public init(_ settings: ExchangeSettings = ExchangeSettings()) throws {
        self.settings = settings
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("eightfold-hub-\(UUID().uuidString)")
        blobs = try BlobStore(directory: folder.appendingPathComponent("blobs"))
        let policy = folder.appendingPathComponent("policy")
        try Data("policy 0".utf8).write(to: policy)
        let sha256 = try blobs.add(policy)
        ledger = try Ledger(
            path: folder.appendingPathComponent("ledger.sqlite").path, durability: .processCrash, blobs: blobs)
        let run = RunDescription(id: "run-1", seed: 8, recipeYAML: "stages: []")
        guard try ledger.begin(run, policies: [(sha256, 8)], at: 1_000) else {
            preconditionFailure("A new ledger holds no run")
        }
        exchange = try Exchange(
            ledger: ledger, blobs: blobs, settings: settings, incarnation: "1", host: "here",
            at: Moment(monotonicMilliseconds: 1_000, unixMilliseconds: 1_001_000))
    }

    deinit {
        // A folder that stays behind in the temporary directory harms no test.
        try? FileManager.default.removeItem(at: folder)
    }

    /// The ledger's file.
    public var ledgerPath: String { folder.appendingPathComponent("ledger.sqlite").path }

    /// The time as the hub sees it.
    public var now: Moment { Moment(monotonicMilliseconds: milliseconds, unixMilliseconds: milliseconds + 1_000_000) }

    /// Takes messages in; returns what the hub sends.
    public func process(_ inbound: [Inbound]) throws -> [Outbound] {
        try exchange.process(inbound, at: now)
    }

    /// Throws the hub away as it is, and builds it anew from the ledger.
    public func restart() throws {
        starts += 1
        ledger = try Ledger(path: ledgerPath, durability: .processCrash, blobs: blobs)
        exchange = try Exchange(
            ledger: ledger, blobs: blobs, settings: settings, incarnation: "\(starts)", host: "here", at: now)
    }

    /// Writes a segment as the hub does that dies before the commit.
    ///
    /// - Returns: whether there was one to write whose blob was not there yet.
    public func dieWritingSegment() throws -> Bool {
        struct Death: Error {}
        let before = try blobCount
        do {
            try ledger.transaction {
                _ = try $0.writeSegment(to: blobs, limit: settings.segmentBytes, keepsAll: settings.keepsPayloads)
                throw Death()
            }
        } catch is Death {
            // As meant.
        }
        return try blobCount > before
    }

    private var blobCount: Int {
        get throws { try FileManager.default.contentsOfDirectory(atPath: blobs.directory.path).count }
    }
}
