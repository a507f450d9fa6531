public import Foundation

/// The folder of one run: what is where in it.
public struct RunFolder: Sendable {
    /// The folder.
    public let url: URL

    /// Names a run's folder; nothing is made.
    public init(_ path: String) {
        url = URL(fileURLWithPath: path, isDirectory: true)
    }

    /// The resolved recipe.
    public var recipe: URL { url.appendingPathComponent("recipe.yaml") }
    /// The ledger.
    public var ledger: URL { url.appendingPathComponent("ledger.sqlite") }
    /// The blobs: checkpoints and policy versions.
    public var blobs: URL { url.appendingPathComponent("blobs", isDirectory: true) }
    /// Where the hub listens, while it does.
    public var endpoints: URL { url.appendingPathComponent("endpoints.json") }
    /// One log a service.
    public var logs: URL { url.appendingPathComponent("logs", isDirectory: true) }
    /// Files that a service may lose.
    public var scratch: URL { url.appendingPathComponent("scratch", isDirectory: true) }
    /// Held by the one `eightfold run` of the folder.
    public var lock: URL { url.appendingPathComponent("run.lock") }
    /// Held by the one hub of the folder.
    public var hubLock: URL { url.appendingPathComponent("hub.lock") }

    /// Whether a run was begun in it.
    public var hasState: Bool { FileManager.default.fileExists(atPath: ledger.path) }

    /// Whether a hub listens, as far as the folder tells: one that was killed could not take that back.
    public var isPublished: Bool { FileManager.default.fileExists(atPath: endpoints.path) }

    /// Where a run's hub listens.
    public struct Endpoints: Codable, Sendable, Equatable {
        /// For services on this host.
        public let hub: String
        /// For watching the messages.
        public let tap: String
        /// For services on other hosts; nil if the hub does not listen for them.
        public let remote: String?

        /// Names the endpoints.
        public init(hub: String, tap: String, remote: String?) {
            self.hub = hub
            self.tap = tap
            self.remote = remote
        }
    }

    /// Publishes where the hub listens; a reader sees all of it or nothing.
    public func publish(_ endpoints: Endpoints) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(endpoints).write(to: self.endpoints, options: .atomic)
    }

    /// Takes the endpoints back.
    public func withdrawEndpoints() {
        // Nothing to take back is as good as taken back.
        try? FileManager.default.removeItem(at: endpoints)
    }

    /// Where the run's hub listens.
    ///
    /// - Throws: `ServiceError` of code `input` if there is no run, or it is not running.
    public func readEndpoints() throws -> Endpoints {
        guard hasState else {
            throw ServiceError(
                .input,
                "\(url.path) is not a run's folder. Start one with `eightfold run RECIPE.yaml --run \(url.path)`.")
        }
        guard let data = try? Data(contentsOf: endpoints),
            let read = try? JSONDecoder().decode(Endpoints.self, from: data)
        else {
            throw ServiceError(
                .input,
                "The run in \(url.path) is not running. `eightfold run --run \(url.path) --resume` goes on with it.")
        }
        return read
    }
}
