import Basics
import Blobs
import Foundation
import Testing
import Wire

@testable import ServiceKit

@Suite(.timeLimit(.minutes(5))) struct `Blobs over a connection` {
    private static let bytes = (0..<1_000).map { UInt8(truncatingIfNeeded: $0 * 7) }

    private static func folder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("eightfold-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    @Test func `are fetched chunk by chunk, and verified`() async throws {
        let folder = try Self.folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let sha256 = ContentHash(of: Self.bytes)
        let cache = try BlobStore(directory: folder)
        try await connected { hub, connection in
            try await hub.welcome()
            _ = try await connection.welcomed()
            let fetched = Task { try await connection.fetch(sha256, into: cache) }
            for range in [0..<600, 600..<1_000] {
                let message = try await hub.next(.blobGet)
                let get = try BlobGet(decoding: message.payload)
                #expect(get.sha256 == sha256 && get.offset == UInt64(range.lowerBound))
                await hub.send(
                    .blobChunk,
                    BlobChunk(sha256: sha256, size: 1_000, offset: get.offset, to: message.envelope.id),
                    chunk: Array(Self.bytes[range]))
            }
            #expect(try await [UInt8](Data(contentsOf: fetched.value)) == Self.bytes)
        }
    }

    @Test func `of the hub's own host are verified once`() async throws {
        let folder = try Self.folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try BlobStore(directory: folder.appendingPathComponent("hub"))
        let cache = try BlobStore(directory: folder.appendingPathComponent("cache"))
        let sha256 = try store.add(Self.bytes)
        try await connected { hub, connection in
            let welcome = Welcome(
                run: "run", hubIncarnation: "first", heartbeatMilliseconds: 20, seed: 5,
                blobDirectory: store.directory.path, host: ProcessInfo.processInfo.hostName)
            _ = try await hub.next(.hello)
            await hub.send(.welcome, welcome)
            let first = try await connection.fetch(sha256, into: cache)
            // Were it looked into again, it would be asked for chunk by chunk, which nobody answers here.
            try Data([0]).write(to: first)
            #expect(try await connection.fetch(sha256, into: cache) == first)
            #expect(cache.size(sha256) == nil)
        }
    }

    @Test func `are not used when other bytes arrive`() async throws {
        let folder = try Self.folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let sha256 = ContentHash(of: Self.bytes)
        let cache = try BlobStore(directory: folder)
        try await connected { hub, connection in
            try await hub.welcome()
            _ = try await connection.welcomed()
            let fetched = Task { try await connection.fetch(sha256, into: cache) }
            let message = try await hub.next(.blobGet)
            await hub.send(
                .blobChunk, BlobChunk(sha256: sha256, size: 1_000, to: message.envelope.id),
                chunk: Array(repeating: 1, count: 1_000))
            await #expect(throws: ServiceError.self) { try await fetched.value }
            #expect(cache.size(sha256) == nil)
        }
    }

    @Test func `are uploaded from where the hub says an earlier upload broke off`() async throws {
        let folder = try Self.folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("policy")
        try Data(Self.bytes).write(to: file)
        try await connected { hub, connection in
            try await hub.welcome()
            _ = try await connection.welcomed()
            let uploaded = Task { try await connection.upload(file) }
            let question = try await hub.next(.blobPut)
            let put = try BlobPut(decoding: question.payload)
            #expect(question.chunk == nil)
            #expect(put.size == 1_000 && put.sha256 == ContentHash(of: Self.bytes))
            await hub.send(
                .blobChunk, BlobChunk(sha256: put.sha256, size: 1_000, offset: 400, to: question.envelope.id))
            let rest = try await hub.next(.blobPut)
            #expect(try BlobPut(decoding: rest.payload).offset == 400)
            #expect(rest.chunk == Array(Self.bytes[400...]))
            await hub.send(
                .blobChunk,
                BlobChunk(sha256: put.sha256, size: 1_000, offset: 1_000, complete: true, to: rest.envelope.id))
            #expect(try await uploaded.value == ContentHash(of: Self.bytes))
        }
    }
}
