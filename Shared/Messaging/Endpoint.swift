/// An address that a socket binds or connects to, checked when it is read.
public enum Endpoint: Hashable, Sendable, CustomStringConvertible {
    /// Another process on any host. The host is an IPv4 address, an IPv6 address without brackets, a name, or `*`.
    /// Port 0 lets the system choose one when the endpoint is bound.
    case tcp(host: String, port: UInt16)
    /// Another process on this host: a socket file at an absolute path of at most 107 bytes.
    case ipc(path: String)
    /// A socket of the same context in this process.
    case inproc(name: String)

    /// The most bytes an ipc path may have: what `sockaddr_un` holds, less its final zero (unix(7)).
    public static let longestPath = 107

    /// Reads an endpoint as users write it: `tcp://127.0.0.1:5555`, `tcp://[::1]:0`, `tcp://*:5555`, `ipc:///run/x`,
    /// `inproc://hub`. `localhost` is read as 127.0.0.1.
    ///
    /// - Throws: `invalidEndpoint` when a rule above is broken, or the address is link-local.
    public init(_ text: String) throws(MessagingError) {
        if let rest = text.suffix(after: "tcp://") {
            self = try Self.tcp(rest, in: text)
        } else if let path = text.suffix(after: "ipc://") {
            self = try Self.checkedIPC(path: path)
        } else if let name = text.suffix(after: "inproc://"), !name.isEmpty {
            self = .inproc(name: name)
        } else {
            throw MessagingError(
                .invalidEndpoint,
                "An endpoint must begin with tcp://, ipc:// or inproc:// and name a place; got "
                    + "\"\(text)\". Write for example tcp://127.0.0.1:5555.")
        }
    }

    /// The text that `init` reads and libzmq takes.
    public var description: String {
        switch self {
        case .tcp(let host, let port): host.contains(":") ? "tcp://[\(host)]:\(port)" : "tcp://\(host):\(port)"
        case .ipc(let path): "ipc://\(path)"
        case .inproc(let name): "inproc://\(name)"
        }
    }

    /// Whether no other host can reach it: ipc, inproc, 127.0.0.0/8 and ::1.
    public var isLocal: Bool {
        switch self {
        case .ipc, .inproc: true
        case .tcp(let host, _): IPAddress(host)?.isLoopback ?? false
        }
    }

    /// Whether binding it listens on every interface: `*`, 0.0.0.0 and ::.
    public var isWildcard: Bool {
        guard case .tcp(let host, _) = self else { return false }
        return host == "*" || IPAddress(host)?.isUnspecified == true
    }

    /// Makes an ipc endpoint.
    ///
    /// - Throws: `invalidEndpoint` when the path is relative or longer than `longestPath` bytes.
    public static func checkedIPC(path: String) throws(MessagingError) -> Endpoint {
        // A relative path would mean another file to a service started elsewhere, and "@name" (Linux's abstract
        // namespace) has no owner and no mode: any user of the host could connect.
        guard path.hasPrefix("/") else {
            throw MessagingError(
                .invalidEndpoint,
                "An ipc endpoint must be ipc:// and an absolute path; got \"ipc://\(path)\". Begin the path with /.")
        }
        guard path.utf8.count <= longestPath else {
            throw MessagingError(
                .invalidEndpoint,
                "An ipc path may have at most \(longestPath) bytes; \"\(path)\" has "
                    + "\(path.utf8.count). Use a shorter directory, for example by setting XDG_RUNTIME_DIR.")
        }
        return .ipc(path: path)
    }

    private static func tcp(_ rest: String, in text: String) throws(MessagingError) -> Endpoint {
        guard let colon = rest.lastIndex(of: ":"), rest.startIndex < colon,
            let port = UInt16(rest[rest.index(after: colon)...])
        else {
            throw MessagingError(
                .invalidEndpoint,
                "A tcp endpoint must be tcp://HOST:PORT with a port from 0 to 65535; got \"\(text)\". "
                    + "Write 0 to let the system choose the port.")
        }
        var host = String(rest[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = String(host.dropFirst().dropLast())
        } else if host.contains(":") {
            throw MessagingError(
                .invalidEndpoint,
                "An IPv6 address in an endpoint must be in brackets; got \"\(text)\". "
                    + "Write tcp://[\(host)]:\(port).")
        }
        if host == "localhost" { host = "127.0.0.1" }
        host = IPAddress(host)?.mappedText ?? host
        guard host == "*" || !host.isEmpty && host.utf8.allSatisfy(Self.isHostByte) else {
            throw MessagingError(
                .invalidEndpoint,
                "A host must be an address, a name of letters, digits, dots and hyphens, or *; got "
                    + "\"\(text)\". Write for example tcp://127.0.0.1:\(port).")
        }
        guard IPAddress(host)?.isLinkLocal != true else {
            throw MessagingError(
                .invalidEndpoint,
                "A link-local address is only good on one link and is refused; got \"\(text)\". "
                    + "Use an address that the other hosts can route to, or 127.0.0.1.")
        }
        return .tcp(host: host, port: port)
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"),
            UInt8(ascii: ":"):
            true
        default: false
        }
    }
}

extension String {
    fileprivate func suffix(after prefix: String) -> String? {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
    }
}
