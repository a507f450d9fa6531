public import Basics
public import Blobs
public import Foundation
import Wire

extension HubConnection {
    /// The bytes of one chunk.
    private static let chunkBytes = 512 << 10

    /// Brings a blob: mapped out of the hub's own store where this is the hub's host, else fetched in chunks into
    /// `cache`, going on where an earlier fetch broke off. It is verified before its first use, and not
    /// again: hashing a policy for each request takes as long as sampling.
    ///
    /// - Throws: `ServiceError` of code `refused` if the hub has no such blob, or what arrived is not it.
    public func fetch(_ sha256: ContentHash, into cache: BlobStore) async throws -> URL {
        if cache.size(sha256) != nil { return cache.file(sha256) }
        let welcome = try await welcomed()
        if welcome.host == ProcessInfo.processInfo.hostName {
            if let file = mapped[sha256] { return file }
            let file = URL(fileURLWithPath: welcome.blobDirectory).appendingPathComponent(sha256.hexadecimal)
            if let found = try? ContentHash(ofFile: file), found == sha256 {
                mapped[sha256] = file
                return file
            }
        }
        var offset = cache.arrived(sha256)
        while true {
            let get = BlobGet(sha256: sha256, offset: offset, limit: Self.chunkBytes)
            let reply = try await request(.blobGet, get.encoded())
            guard reply.type == .blobChunk else { throw Self.refusal(reply) }
            let place = try BlobChunk(decoding: reply.payload)
            offset = try cache.append(reply.chunk ?? [], to: sha256, at: place.offset)
            if offset >= place.size { break }
            guard reply.chunk?.isEmpty == false else {
                throw ServiceError(.refused, "Blob \(sha256) ended at byte \(offset) of \(place.size).")
            }
        }
        guard try cache.finish(sha256) else {
            throw ServiceError(.refused, "The bytes that arrived for blob \(sha256) are not it. They were thrown away.")
        }
        return cache.file(sha256)
    }

    /// Uploads a file as a blob, going on where an earlier upload broke off; returns its hash.
    public func upload(_ file: URL) async throws -> ContentHash {
        let sha256 = try ContentHash(ofFile: file)
        let handle = try FileHandle(forReadingFrom: file)
        defer { try? handle.close() }
        let size = try handle.seekToEnd()
        var put = BlobPut(sha256: sha256, size: size)
        var chunk: [UInt8] = []
        while true {
            let reply = try await request(.blobPut, put.encoded(), chunk: chunk.isEmpty ? nil : chunk)
            guard reply.type == .blobChunk else { throw Self.refusal(reply) }
            let place = try BlobChunk(decoding: reply.payload)
            if place.complete { return sha256 }
            put.offset = place.offset
            try handle.seek(toOffset: place.offset)
            chunk = [UInt8](try handle.read(upToCount: Self.chunkBytes) ?? Data())
        }
    }

    private static func refusal(_ reply: Reply) -> ServiceError {
        let answer = try? Answer(decoding: reply.payload)
        return ServiceError(
            .refused, answer?.reason ?? "The hub answered with a \(reply.type).", reasonCode: answer?.reasonCode ?? "")
    }
}
