#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A numeric IPv4 or IPv6 address, for asking what it reaches.
struct IPAddress {
    /// 4 or 16 bytes, most significant first.
    let bytes: [UInt8]
    /// The IPv4 address that an IPv6 one stands for, as text; nil for all others. A socket that takes both kinds writes
    /// 127.0.0.1 as ::ffff:127.0.0.1 (RFC 4291, section 2.5.5.2).
    let mappedText: String?

    /// Reads a numeric address; nil if the text is anything else, such as a name.
    init?(_ text: String) {
        var four = [UInt8](repeating: 0, count: 4)
        var sixteen = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, text, &four) == 1 {
            bytes = four
            mappedText = nil
        } else if inet_pton(AF_INET6, text, &sixteen) == 1 {
            let isMapped = sixteen.starts(with: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff])
            bytes = isMapped ? Array(sixteen.suffix(4)) : sixteen
            mappedText = isMapped ? bytes.map { "\($0)" }.joined(separator: ".") : nil
        } else {
            return nil
        }
    }

    var isLoopback: Bool {
        bytes.count == 4 ? bytes[0] == 127 : bytes == [UInt8](repeating: 0, count: 15) + [1]
    }

    var isUnspecified: Bool { bytes.allSatisfy { $0 == 0 } }

    /// 169.254.0.0/16 (RFC 3927) and fe80::/10 (RFC 4291).
    var isLinkLocal: Bool {
        bytes.count == 4 ? bytes[0] == 169 && bytes[1] == 254 : bytes[0] == 0xfe && bytes[1] & 0xc0 == 0x80
    }
}
