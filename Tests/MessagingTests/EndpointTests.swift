import Messaging
import Testing

@Suite struct `An endpoint` {
    @Test(arguments: [
        ("tcp://127.0.0.1:5555", "tcp://127.0.0.1:5555"), ("tcp://localhost:1", "tcp://127.0.0.1:1"),
        ("tcp://[::1]:65535", "tcp://[::1]:65535"), ("tcp://[::ffff:127.0.0.1]:7", "tcp://127.0.0.1:7"),
        ("tcp://*:0", "tcp://*:0"), ("tcp://host-2.example:80", "tcp://host-2.example:80"),
        ("ipc:///tmp/a b", "ipc:///tmp/a b"), ("inproc://hub", "inproc://hub"),
    ])
    func `is read and written`(text: String, written: String) throws {
        let endpoint = try Endpoint(text)
        #expect(endpoint.description == written)
        #expect(try Endpoint(written) == endpoint)
    }

    @Test(arguments: [
        "", "tcp", "udp://127.0.0.1:1", "tcp://127.0.0.1", "tcp://:5555", "tcp://127.0.0.1:", "tcp://127.0.0.1:65536",
        "tcp://127.0.0.1:-1", "tcp://::1:5555", "tcp://a b:1", "tcp://eth0;tcp:1", "tcp://[]:1", "ipc://relative",
        "ipc://@abstract", "ipc://", "inproc://",
    ])
    func `that breaks a rule is refused with its text`(text: String) throws {
        let error = #expect(throws: MessagingError.self) { try Endpoint(text) }
        #expect(error?.code == .invalidEndpoint)
        #expect(error?.message.contains(text) == true)
    }

    @Test(arguments: ["tcp://169.254.1.1:1", "tcp://[fe80::1]:1", "tcp://[febf::1]:1", "tcp://[::ffff:169.254.9.9]:1"])
    func `that is link-local is refused`(text: String) throws {
        let error = #expect(throws: MessagingError.self) { try Endpoint(text) }
        #expect(error?.message.contains("link-local") == true)
    }

    @Test(arguments: [
        ("tcp://127.0.0.1:1", true), ("tcp://127.9.9.9:1", true), ("tcp://[::1]:1", true), ("ipc:///a", true),
        ("inproc://a", true), ("tcp://*:1", false), ("tcp://0.0.0.0:1", false), ("tcp://[::]:1", false),
        ("tcp://10.0.0.1:1", false), ("tcp://[fec0::1]:1", false), ("tcp://127.0.0.1.example:1", false),
    ])
    func `is local when no other host can reach it`(text: String, isLocal: Bool) throws {
        #expect(try Endpoint(text).isLocal == isLocal)
    }

    @Test(arguments: [
        ("tcp://*:1", true), ("tcp://0.0.0.0:1", true), ("tcp://[::]:1", true), ("tcp://127.0.0.1:1", false),
        ("ipc:///a", false),
    ])
    func `is a wildcard when it means every interface`(text: String, isWildcard: Bool) throws {
        #expect(try Endpoint(text).isWildcard == isWildcard)
    }

    @Test func `may have an ipc path of 107 bytes, not 108`() async throws {
        let longest = "/tmp/" + String(repeating: "x", count: 102)
        let endpoint = try Endpoint("ipc://" + longest)
        // The system agrees about the longest one.
        let owner = try SocketOwner()
        try await owner.open(.router)
        #expect(try await owner.withSocket { try $0.bind(to: endpoint) } == endpoint)
        try await owner.withSocket { $0.close() }
        let error = #expect(throws: MessagingError.self) { try Endpoint("ipc://" + longest + "x") }
        #expect(error?.message.contains("at most 107 bytes") == true)
        #expect(error?.message.contains("has 108") == true)
        #expect(error?.message.contains("XDG_RUNTIME_DIR") == true)
    }
}
