public import Basics
public import Foundation

/// Content-addressed files: a blob is stored under the SHA-256 of its bytes, or not at all.
///
/// Uploads arrive in order, chunk by chunk, in a file of their own; one that broke off goes on where it stopped.
public struct BlobStore: Sendable {
    /// Where the whole blobs are.
    public let directory: URL
    private let incoming: URL

    /// Opens the store in a folder, and makes it if there is none.
    public init(directory: URL) throws {
        self.directory = directory
        incoming = directory.appendingPathComponent("incoming", isDirectory: true)
        try FileManager.default.createDirectory(at: incoming, withIntermediateDirectories: true)
    }

    /// The file of a whole blob.
    public func file(_ sha256: ContentHash) -> URL { directory.appendingPathComponent(sha256.hexadecimal) }

    /// The size in bytes of a blob that is whole; nil if there is none.
    public func size(_ sha256: ContentHash) -> UInt64? { fileSize(file(sha256)) }

    /// Where an upload goes on: the number of bytes that have arrived.
    public func arrived(_ sha256: ContentHash) -> UInt64 { fileSize(partial(sha256)) ?? 0 }

    /// Appends a chunk to an upload.
    ///
    /// - Returns: the number of bytes that have arrived; a chunk that is not the next one changes nothing.
    public func append(_ chunk: [UInt8], to sha256: ContentHash, at offset: UInt64) throws -> UInt64 {
        let arrived = arrived(sha256)
        guard offset == arrived else { return arrived }
        if offset == 0 { try Data().write(to: partial(sha256)) }
        let handle = try FileHandle(forWritingTo: partial(sha256))
        defer { try? handle.close() }
        try handle.seek(toOffset: offset)
        try handle.write(contentsOf: chunk)
        return offset + UInt64(chunk.count)
    }

    /// Verifies an upload that has arrived whole and puts it in its place.
    ///
    /// - Returns: false if the bytes are not those of the hash; the upload is thrown away then.
    public func finish(_ sha256: ContentHash) throws -> Bool {
        guard try ContentHash(ofFile: partial(sha256)) == sha256 else {
            try FileManager.default.removeItem(at: partial(sha256))
            return false
        }
        let handle = try FileHandle(forWritingTo: partial(sha256))
        try handle.synchronize()
        try handle.close()
        if size(sha256) != nil { try FileManager.default.removeItem(at: file(sha256)) }
        try FileManager.default.moveItem(at: partial(sha256), to: file(sha256))
        return true
    }

    /// Copies a file into the store; returns its hash.
    public func add(_ source: URL) throws -> ContentHash {
        let sha256 = try ContentHash(ofFile: source)
        if size(sha256) == nil {
            try? FileManager.default.removeItem(at: partial(sha256))
            try FileManager.default.copyItem(at: source, to: partial(sha256))
            guard try finish(sha256) else { throw CocoaError(.fileReadCorruptFile) }
        }
        return sha256
    }

    /// Stores bytes, fsynced; returns their hash.
    public func add(_ bytes: [UInt8]) throws -> ContentHash {
        let sha256 = ContentHash(of: bytes)
        if size(sha256) == nil {
            try Data(bytes).write(to: partial(sha256))
            guard try finish(sha256) else { throw CocoaError(.fileReadCorruptFile) }
        }
        return sha256
    }

    /// A piece of a whole blob; nil if there is no such blob.
    public func chunk(_ sha256: ContentHash, at offset: UInt64, limit: Int) throws -> [UInt8]? {
        guard size(sha256) != nil else { return nil }
        let handle = try FileHandle(forReadingFrom: file(sha256))
        defer { try? handle.close() }
        try handle.seek(toOffset: offset)
        return [UInt8](try handle.read(upToCount: limit) ?? Data())
    }

    /// The blobs that are whole.
    public func whole() throws -> [ContentHash] {
        try FileManager.default.contentsOfDirectory(atPath: directory.path).compactMap {
            ContentHash(hexadecimal: $0)
        }
    }

    /// Deletes a whole blob; nothing happens where there is none.
    public func remove(_ sha256: ContentHash) throws {
        if size(sha256) != nil { try FileManager.default.removeItem(at: file(sha256)) }
    }

    private func partial(_ sha256: ContentHash) -> URL { incoming.appendingPathComponent(sha256.hexadecimal) }

    private func fileSize(_ file: URL) -> UInt64? {
        (try? FileManager.default.attributesOfItem(atPath: file.path)[.size] as? NSNumber)?.uint64Value
    }
}
