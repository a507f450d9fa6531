import Testing

@testable import Messaging

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite struct `A runtime directory` {
    @Test func `is private, locked, and apart from every other`() throws {
        let base = TemporaryFolder()
        let first = try RuntimeDirectory(base: base.path)
        let second = try RuntimeDirectory(base: base.path)
        #expect(first.path != second.path)
        for directory in [first, second] {
            #expect(directory.path.hasPrefix(base.path + "/eightfold-"))
            #expect(TemporaryFolder.mode(directory.path) == 0o700)
        }
    }

    @Test func `leaves nothing behind when it is removed or let go`() throws {
        let base = TemporaryFolder()
        let removed = try RuntimeDirectory(base: base.path)
        TemporaryFolder.makeFile(removed.path + "/hub")
        removed.remove()
        #expect(TemporaryFolder.names(base.path) == [])
        do {
            let dropped = try RuntimeDirectory(base: base.path)
            #expect(TemporaryFolder.names(base.path).count == 1)
            withExtendedLifetime(dropped) {}
        }
        #expect(TemporaryFolder.names(base.path) == [])
    }

    @Test func `of a dead process is removed by the next, and one of a living process is not`() throws {
        let base = TemporaryFolder()
        // What a killed process leaves: a folder whose lock nobody holds.
        let stale = base.path + "/eightfold-abcdef"
        mkdir(stale, 0o700)
        TemporaryFolder.makeFile(stale + "/lock")
        TemporaryFolder.makeFile(stale + "/hub")
        // What is not for this code to judge: no lock file, or open to others.
        let foreign = base.path + "/eightfold-foreig"
        mkdir(foreign, 0o700)
        let open = base.path + "/eightfold-opened"
        mkdir(open, 0o755)
        chmod(open, 0o755)
        TemporaryFolder.makeFile(open + "/lock")
        let living = try RuntimeDirectory(base: base.path)
        #expect(!TemporaryFolder.exists(stale))
        let next = try RuntimeDirectory(base: base.path)
        #expect(TemporaryFolder.exists(living.path))
        #expect(TemporaryFolder.exists(next.path))
        #expect(TemporaryFolder.exists(foreign))
        #expect(TemporaryFolder.exists(open))
    }

    @Test func `gives endpoints that fit`() throws {
        let directory = try RuntimeDirectory()
        let endpoint = try directory.endpoint("hub")
        #expect(endpoint == .ipc(path: directory.path + "/hub"))
        #expect(directory.path.utf8.count <= RuntimeDirectory.longestBase + 17)
        #expect(throws: MessagingError.self) { try directory.endpoint(String(repeating: "x", count: 107)) }
    }

    @Test func `in a folder that is not there says so`() throws {
        let error = #expect(throws: MessagingError.self) { try RuntimeDirectory(base: "/nowhere") }
        #expect(error?.code == .system)
        #expect(error?.message.contains("/nowhere") == true)
    }
}
