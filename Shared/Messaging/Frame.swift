/// One part of a message: bytes that never change and are shared, not copied, when the frame is.
///
/// A received frame is read where libzmq put it; a frame that is sent to several peers, or waits in an outbox, holds
/// its bytes once. It is a reference inside because messages travel in arrays, which noncopyable values cannot.
public struct Frame: Sendable {
    let storage: FrameStorage

    init(storage: FrameStorage) {
        self.storage = storage
    }

    /// Copies the bytes.
    public init(_ bytes: some Collection<UInt8>) {
        self.init(byteCount: bytes.count) { target in target.copyBytes(from: bytes) }
    }

    /// Copies the UTF-8 bytes of the text.
    public init(_ text: String) {
        self.init(text.utf8)
    }

    /// Makes a frame of exactly `byteCount` bytes that `fill` writes in place.
    ///
    /// - Parameter fill: must write every byte; they hold garbage before.
    public init<E: Error>(byteCount: Int, fill: (UnsafeMutableRawBufferPointer) throws(E) -> Void) throws(E) {
        let storage = FrameStorage(byteCount: byteCount)
        try fill(ZMQ.messageData(storage.message))
        self.storage = storage
    }

    /// The number of bytes.
    public var byteCount: Int { ZMQ.messageData(storage.message).count }

    /// Lends the bytes where they lie; the pointer is good during `body` only.
    public func withUnsafeBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        defer { withExtendedLifetime(storage) {} }
        return try body(UnsafeRawBufferPointer(ZMQ.messageData(storage.message)))
    }

    /// A copy of the bytes.
    public var bytes: [UInt8] { withUnsafeBytes { Array($0) } }

    /// The bytes as text, with replacement characters where they are not UTF-8.
    public var text: String { withUnsafeBytes { String(decoding: $0, as: UTF8.self) } }
}

extension Frame: Equatable {
    /// Whether both hold the same bytes.
    public static func == (left: Frame, right: Frame) -> Bool {
        left.withUnsafeBytes { first in
            right.withUnsafeBytes { second in first.count == second.count && first.elementsEqual(second) }
        }
    }
}

extension Frame: ExpressibleByStringLiteral {
    /// Copies the UTF-8 bytes of the literal.
    public init(stringLiteral text: String) {
        self.init(text)
    }
}
