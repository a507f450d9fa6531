import Basics
import Blobs
public import Foundation
public import Problems
public import ServiceKit
public import Wire

/// The data sets that orders name, each brought from the hub once.
///
/// An order names a data set by the SHA-256 of its file, never by a path: whichever host a generator is on, it makes its
/// problems of the same bytes.
public actor DataSets {
    private let connection: HubConnection
    private let cache: BlobStore
    private var sets: [Key: Task<DataSet, any Error>] = [:]

    private struct Key: Hashable {
        let sha256: ContentHash
        let seed: UInt64
    }

    /// Makes the folder `cache`, for data sets that must be fetched from another host.
    public init(_ connection: HubConnection, cache: URL) throws {
        self.connection = connection
        self.cache = try BlobStore(directory: cache)
    }

    /// The data set that an order names, in the order of its seed; nil if it names none.
    ///
    /// - Throws: `WireError` if there is no order to read, `ServiceError` if the hub has no such blob, `ProblemsError` if it
    ///   is no data set.
    public func dataSet(of lease: Lease) async throws -> DataSet? {
        let source = try Order(decoding: lease.item.body).source
        guard let sha256 = source.dataSet else { return nil }
        let key = Key(sha256: sha256, seed: source.seed)
        // Orders come together, and one fetch is enough for them.
        let task =
            sets[key]
            ?? Task { [connection, cache] in
                let file = try await connection.fetch(sha256, into: cache)
                return try DataSet(jsonLines: [UInt8](Data(contentsOf: file))).shuffled(seed: source.seed)
            }
        sets[key] = task
        do {
            return try await task.value
        } catch {
            sets[key] = nil
            throw error
        }
    }
}
