import Messaging
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite struct `CURVE keys` {
    @Test func `are written with their modes and read back`() throws {
        let folder = TemporaryFolder()
        try Keys.sampler.write(name: "sampler", directory: folder.path)
        let secretFile = folder.path + "/sampler.secret"
        #expect(TemporaryFolder.mode(secretFile) == 0o600)
        #expect(TemporaryFolder.mode(folder.path + "/sampler.public") == 0o644)
        #expect(TemporaryFolder.names(folder.path).sorted() == ["sampler.public", "sampler.secret"])
        #expect(try KeyPair(secretFile: secretFile).publicKey == Keys.sampler.publicKey)
        #expect(try PublicKey(file: folder.path + "/sampler.public") == Keys.sampler.publicKey)
    }

    @Test(arguments: [mode_t(0o640), 0o604, 0o660, 0o620])
    func `in a secret file that others can touch are refused, with the remedy`(mode: mode_t) throws {
        let folder = TemporaryFolder()
        try Keys.sampler.write(name: "sampler", directory: folder.path)
        let path = folder.path + "/sampler.secret"
        chmod(path, mode)
        let error = #expect(throws: MessagingError.self) { try KeyPair(secretFile: path) }
        #expect(error?.code == .invalidKey)
        #expect(error?.message.contains("chmod 600 \(path)") == true)
    }

    @Test func `are never overwritten`() throws {
        let folder = TemporaryFolder()
        try Keys.sampler.write(name: "hub", directory: folder.path)
        let error = #expect(throws: MessagingError.self) { try Keys.hub.write(name: "hub", directory: folder.path) }
        #expect(error?.code == .system)
        #expect(try PublicKey(file: folder.path + "/hub.public") == Keys.sampler.publicKey)
        #expect(TemporaryFolder.names(folder.path).count == 2)
    }

    @Test(arguments: ["", "short", String(repeating: "x", count: 41), String(repeating: "\"", count: 40)])
    func `that are not 40 characters of Z85 are refused`(text: String) throws {
        #expect(throws: MessagingError.self) { try PublicKey(z85: text) }
        let error = #expect(throws: MessagingError.self) { try SecretKey(z85: text) }
        #expect(error?.code == .invalidKey)
        #expect(text.isEmpty || error?.message.contains(text) == false)
    }

    @Test func `are not shown by printing a pair`() throws {
        let secret = Keys.hub.secretKey
        #expect("\(secret)" == "a secret key (not shown)")
        #expect("\(Keys.hub)".contains("not shown"))
    }

    @Test func `of one pair belong together, and pairs differ`() throws {
        // The example pair of ZeroMQ's CURVE documentation (zmq_curve(7)).
        let pair = try KeyPair(secretKey: SecretKey(z85: "JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6"))
        #expect(pair.publicKey.z85 == "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7")
        let (one, other) = (try KeyPair.generate(), try KeyPair.generate())
        #expect(one.publicKey != other.publicKey)
        #expect(try KeyPair(secretKey: one.secretKey).publicKey == one.publicKey)
    }
}

@Suite struct `An allow-list` {
    @Test func `takes the role from the name of each public file`() throws {
        let folder = TemporaryFolder()
        try Keys.hub.write(name: "hub", directory: folder.path)
        try Keys.sampler.write(name: "sampler.host2", directory: folder.path)
        let list = try AllowList(directory: folder.path)
        #expect(list.role(of: Keys.hub.publicKey) == "hub")
        #expect(list.role(of: Keys.sampler.publicKey) == "sampler")
        #expect(list.role(of: Keys.stranger.publicKey) == nil)
    }

    @Test func `refuses one key in two files`() throws {
        let folder = TemporaryFolder()
        try Keys.hub.write(name: "hub", directory: folder.path)
        try Keys.hub.write(name: "sampler", directory: folder.path)
        let error = #expect(throws: MessagingError.self) { try AllowList(directory: folder.path) }
        #expect(error?.message.contains("repeats") == true)
    }

    @Test func `refuses a folder without keys, a broken key, and no folder`() throws {
        let folder = TemporaryFolder()
        #expect(throws: MessagingError.self) { try AllowList(directory: folder.path) }
        TemporaryFolder.makeFile(folder.path + "/sampler.public")
        #expect(throws: MessagingError.self) { try AllowList(directory: folder.path) }
        #expect(throws: MessagingError.self) { try AllowList(directory: folder.path + "/nowhere") }
    }
}
