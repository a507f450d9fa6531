import Messaging
import Synchronization
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A way to join two ends; every conformance test runs over each.
enum Transport: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case tcp, ipc, inproc, curve

    var testDescription: String { rawValue }
}

/// What two ends need to talk over one transport, apart from every other test.
struct Link: Sendable {
    let endpoint: Endpoint
    let context: ZMQContext
    var server = RouterConfiguration()
    var client = DealerConfiguration()

    private static let lastNumber = Atomic<Int>(0)

    init(_ transport: Transport) throws {
        let number = Self.lastNumber.add(1, ordering: .relaxed).newValue
        switch transport {
        case .tcp, .curve: endpoint = try Endpoint("tcp://127.0.0.1:0")
        case .ipc: endpoint = try Endpoint("ipc:///tmp/eightfold-test-\(getpid())-\(number)")
        case .inproc: endpoint = try Endpoint("inproc://test-\(number)")
        }
        // A context has room for one authenticator, so a test with keys has a context of its own.
        context = transport == .curve ? ZMQContext() : .shared
        if transport == .curve {
            server.socket.curve = .server(Keys.hub.secretKey, allowed: AllowList([Keys.sampler.publicKey: "sampler"]))
            client.socket.curve = .client(server: Keys.hub.publicKey, own: Keys.sampler)
        }
    }

    func makeServer() throws -> EchoServer {
        try EchoServer(context: context, configuration: server)
    }

    func makeClient(on thread: SocketThread? = nil) throws -> DealerClient {
        try DealerClient(on: thread ?? SocketThread(name: "client"), context: context, configuration: client)
    }
}

/// Key pairs fixed for the tests: the secret keys are the bytes 1, 2 and 3 repeated.
enum Keys {
    static let hub = pair(1)
    static let sampler = pair(2)
    static let stranger = pair(3)

    private static func pair(_ byte: UInt8) -> KeyPair {
        do {
            // A Z85 group is four bytes as a number in base 85 (ZeroMQ RFC 32).
            return try KeyPair(secretKey: SecretKey(z85: String(repeating: group(byte), count: 8)))
        } catch {
            fatalError("the test's keys: \(error)")
        }
    }

    private static func group(_ byte: UInt8) -> String {
        let alphabet = Array("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#")
        var value = UInt32(byte) &* 0x0101_0101
        var characters: [Character] = []
        for _ in 0..<5 {
            characters.insert(alphabet[Int(value % 85)], at: 0)
            value /= 85
        }
        return String(characters)
    }
}
