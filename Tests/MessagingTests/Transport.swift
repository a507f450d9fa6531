import Messaging
import Synchronization
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The ways two ends can be joined; every conformance test runs over each.
enum Transport: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case tcp, ipc, inproc

    var testDescription: String { rawValue }

    private static let lastNumber = Atomic<Int>(0)

    /// A place that no other test uses.
    func freshEndpoint() throws -> Endpoint {
        let number = Self.lastNumber.add(1, ordering: .relaxed).newValue
        switch self {
        case .tcp: return try Endpoint("tcp://127.0.0.1:0")
        case .ipc: return try Endpoint("ipc:///tmp/eightfold-test-\(getpid())-\(number)")
        case .inproc: return try Endpoint("inproc://test-\(number)")
        }
    }
}
