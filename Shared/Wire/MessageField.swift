import Basics
import CEightfoldWire
import CProtobufC

/// One field of a message: how it is written into the C struct and read out of it.
struct MessageField<Value: Sendable, CMessage>: Sendable {
    let write: @Sendable (Value, UnsafeMutablePointer<CMessage>, inout PackArena) -> Void
    let read: @Sendable (UnsafePointer<CMessage>, inout Value) throws(WireError) -> Void
}

/// A key path into a Swift value, and one into a C struct.
typealias Path<Root, Leaf> = any WritableKeyPath<Root, Leaf> & Sendable

extension MessageField {
    /// A number of the same type on both sides.
    static func number<N: BitwiseCopyable & Sendable>(
        _ path: Path<Value, N>, _ cPath: Path<CMessage, N>
    ) -> Self {
        Self(
            write: { value, message, _ in message.pointee[keyPath: cPath] = value[keyPath: path] },
            read: { (message, value) throws(WireError) in value[keyPath: path] = message.pointee[keyPath: cPath] })
    }

    /// A count: an `Int` from 0 up in Swift, an unsigned number on the wire.
    static func count<N: FixedWidthInteger & UnsignedInteger & Sendable>(
        _ path: Path<Value, Int>, _ cPath: Path<CMessage, N>
    ) -> Self {
        Self(
            write: { value, message, _ in message.pointee[keyPath: cPath] = N(value[keyPath: path]) },
            read: { (message, value) throws(WireError) in
                value[keyPath: path] = Int(clamping: message.pointee[keyPath: cPath])
            })
    }

    /// A truth value; protobuf-c keeps it in an `int`.
    static func flag(_ path: Path<Value, Bool>, _ cPath: Path<CMessage, protobuf_c_boolean>) -> Self {
        Self(
            write: { value, message, _ in message.pointee[keyPath: cPath] = value[keyPath: path] ? 1 : 0 },
            read: { (message, value) throws(WireError) in
                value[keyPath: path] = message.pointee[keyPath: cPath] != 0
            })
    }

    /// An enumeration; a number that this version does not know is an error.
    static func enumeration<E: RawRepresentable & Sendable, C: RawRepresentable & SendableMetatype>(
        _ path: Path<Value, E>, _ cPath: Path<CMessage, C>
    ) -> Self where E.RawValue == UInt32, C.RawValue: BinaryInteger & Sendable {
        Self(
            write: { value, message, _ in
                // Every C enumeration imports with a failable initializer that accepts all numbers.
                message.pointee[keyPath: cPath] = C(rawValue: C.RawValue(value[keyPath: path].rawValue))!
            },
            read: { (message, value) throws(WireError) in
                let number = message.pointee[keyPath: cPath].rawValue
                guard let known = UInt32(exactly: number).flatMap(E.init(rawValue:)) else {
                    throw WireError(.unknownValue, "\(E.self) has no value \(number).")
                }
                value[keyPath: path] = known
            })
    }

    /// UTF-8 text.
    static func text(_ path: Path<Value, String>, _ cPath: Path<CMessage, UnsafeMutablePointer<CChar>?>) -> Self {
        Self(
            write: { value, message, arena in
                let text = value[keyPath: path]
                if !text.isEmpty { message.pointee[keyPath: cPath] = arena.copy(text) }
            },
            read: { (message, value) throws(WireError) in
                value[keyPath: path] = try readText(message.pointee[keyPath: cPath])
            })
    }

    /// Raw bytes.
    static func bytes(_ path: Path<Value, [UInt8]>, _ cPath: Path<CMessage, ProtobufCBinaryData>) -> Self {
        Self(
            write: { value, message, arena in
                let bytes = value[keyPath: path]
                message.pointee[keyPath: cPath] = ProtobufCBinaryData(len: bytes.count, data: arena.copy(bytes))
            },
            read: { (message, value) throws(WireError) in
                value[keyPath: path] = readBytes(message.pointee[keyPath: cPath])
            })
    }

    /// A SHA-256; absent on the wire where there is none.
    static func hash(_ path: Path<Value, ContentHash?>, _ cPath: Path<CMessage, ProtobufCBinaryData>) -> Self {
        Self(
            write: { value, message, arena in
                let bytes = value[keyPath: path]?.bytes ?? []
                message.pointee[keyPath: cPath] = ProtobufCBinaryData(len: bytes.count, data: arena.copy(bytes))
            },
            read: { (message, value) throws(WireError) in
                let bytes = readBytes(message.pointee[keyPath: cPath])
                let hash = ContentHash(bytes: bytes)
                guard hash != nil || bytes.isEmpty else {
                    throw WireError(.malformed, "A SHA-256 has 32 bytes; got \(bytes.count).")
                }
                value[keyPath: path] = hash
            })
    }
}

extension MessageField {
    /// A list of numbers.
    static func numbers<N: BitwiseCopyable & Sendable>(
        _ path: Path<Value, [N]>, _ countPath: Path<CMessage, Int>, _ cPath: Path<CMessage, UnsafeMutablePointer<N>?>
    ) -> Self {
        Self(
            write: { value, message, arena in
                let list = value[keyPath: path]
                message.pointee[keyPath: countPath] = list.count
                if !list.isEmpty { message.pointee[keyPath: cPath] = arena.copy(list) }
            },
            read: { (message, value) throws(WireError) in
                value[keyPath: path] = Array(
                    UnsafeBufferPointer(
                        start: message.pointee[keyPath: cPath], count: message.pointee[keyPath: countPath]))
            })
    }

    /// A list of texts.
    static func texts(
        _ path: Path<Value, [String]>, _ countPath: Path<CMessage, Int>,
        _ cPath: Path<CMessage, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>
    ) -> Self {
        Self(
            write: { value, message, arena in
                let list = value[keyPath: path]
                guard !list.isEmpty else { return }
                let room = arena.allocate(list.count, of: UnsafeMutablePointer<CChar>?.self)
                for (index, text) in list.enumerated() { room[index] = arena.copy(text) }
                message.pointee[keyPath: countPath] = list.count
                message.pointee[keyPath: cPath] = room
            },
            read: { (message, value) throws(WireError) in
                let count = message.pointee[keyPath: countPath]
                var list: [String] = []
                list.reserveCapacity(count)
                for index in 0..<count { list.append(try readText(message.pointee[keyPath: cPath]?[index])) }
                value[keyPath: path] = list
            })
    }

    /// A submessage that may be absent.
    static func message<Inner: WireValue, CInner>(
        _ path: Path<Value, Inner?>, _ cPath: Path<CMessage, UnsafeMutablePointer<CInner>?>
    ) -> Self {
        Self(
            write: { value, message, arena in
                guard let inner = value[keyPath: path] else { return }
                let room = arena.allocate(1, of: CInner.self)
                Inner.coding.write(inner, UnsafeMutableRawPointer(room), &arena)
                message.pointee[keyPath: cPath] = room
            },
            read: { (message, value) throws(WireError) in
                guard let inner = message.pointee[keyPath: cPath] else { return }
                value[keyPath: path] = try Inner.coding.read(UnsafeRawPointer(inner))
            })
    }

    /// A submessage that is empty where it is absent.
    static func message<Inner: WireValue, CInner>(
        _ path: Path<Value, Inner>, _ cPath: Path<CMessage, UnsafeMutablePointer<CInner>?>
    ) -> Self {
        Self(
            write: { value, message, arena in
                let room = arena.allocate(1, of: CInner.self)
                Inner.coding.write(value[keyPath: path], UnsafeMutableRawPointer(room), &arena)
                message.pointee[keyPath: cPath] = room
            },
            read: { (message, value) throws(WireError) in
                guard let inner = message.pointee[keyPath: cPath] else { return }
                value[keyPath: path] = try Inner.coding.read(UnsafeRawPointer(inner))
            })
    }

    /// A list of submessages.
    static func messages<Inner: WireValue, CInner>(
        _ path: Path<Value, [Inner]>, _ countPath: Path<CMessage, Int>,
        _ cPath: Path<CMessage, UnsafeMutablePointer<UnsafeMutablePointer<CInner>?>?>
    ) -> Self {
        Self(
            write: { value, message, arena in
                let list = value[keyPath: path]
                guard !list.isEmpty else { return }
                let pointers = arena.allocate(list.count, of: UnsafeMutablePointer<CInner>?.self)
                let room = arena.allocate(list.count, of: CInner.self)
                for (index, inner) in list.enumerated() {
                    Inner.coding.write(inner, UnsafeMutableRawPointer(room + index), &arena)
                    pointers[index] = room + index
                }
                message.pointee[keyPath: countPath] = list.count
                message.pointee[keyPath: cPath] = pointers
            },
            read: { (message, value) throws(WireError) in
                let count = message.pointee[keyPath: countPath]
                var list: [Inner] = []
                list.reserveCapacity(count)
                for index in 0..<count {
                    // protobuf-c fills every pointer of a list that it has unpacked.
                    let inner = message.pointee[keyPath: cPath]![index]!
                    list.append(try Inner.coding.read(UnsafeRawPointer(inner)))
                }
                value[keyPath: path] = list
            })
    }
}

private func readText(_ pointer: UnsafeMutablePointer<CChar>?) throws(WireError) -> String {
    guard let pointer else { return "" }
    guard let text = String(validatingCString: pointer) else {
        throw WireError(.invalidText, "Text must be UTF-8; a text field is not.")
    }
    return text
}

private func readBytes(_ data: ProtobufCBinaryData) -> [UInt8] {
    Array(UnsafeBufferPointer(start: data.data, count: data.len))
}
