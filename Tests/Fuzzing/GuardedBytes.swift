#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Memory whose next byte may not be touched: reading past the end ends the process.
public struct GuardedBytes {
    /// A copy of the bytes, up to the end of a page.
    public let bytes: UnsafeRawBufferPointer
    private let mapping: UnsafeMutableRawPointer
    private let length: Int

    /// Copies the bytes; `release` gives the memory back.
    public init(_ source: [UInt8]) {
        let page = Int(getpagesize())
        let used = (source.count + page - 1) / page * page
        length = used + page
        guard let mapping = mmap(nil, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0),
            mapping != MAP_FAILED, mprotect(mapping + used, page, PROT_NONE) == 0
        else { preconditionFailure("no memory for \(length) bytes") }
        self.mapping = mapping
        let start = mapping + (used - source.count)
        source.withUnsafeBytes { if let from = $0.baseAddress { start.copyMemory(from: from, byteCount: $0.count) } }
        bytes = UnsafeRawBufferPointer(start: start, count: source.count)
    }

    /// Gives the memory back.
    public func release() { munmap(mapping, length) }
}
