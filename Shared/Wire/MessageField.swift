import Basics
import CEightfoldWire
import CProtobufC

/// One field of a message: how it is written into the C struct and read out of it.
struct MessageField<Value: Sendable, CMessage>: Sendable {
    let write: @Sendable (UnsafePointer<Value>, UnsafeMutablePointer<CMessage>, inout PackArena) -> Void
    let read: @Sendable (UnsafePointer<CMessage>, UnsafeMutablePointer<Value>) throws(WireError) -> Void
}

/// A key path into a Swift value, and one into a C struct.
typealias Path<Root, Leaf> = WritableKeyPath<Root, Leaf>

extension MessageField {
    /// A number of the same type on both sides.
    static func number<N: BitwiseCopyable & Sendable>(
        _ path: Path<Value, N>, _ cPath: Path<CMessage, N>
    ) -> Self {
        let (own, raw) = (Place(path), Place(cPath))
        return Self(
            write: { value, message, _ in raw.in(message).pointee = own.in(value).pointee },
            read: { (message, value) throws(WireError) in own.in(value).pointee = raw.in(message).pointee })
    }

    /// A count: an `Int` from 0 up in Swift, an unsigned number on the wire.
    static func count<N: FixedWidthInteger & UnsignedInteger & Sendable>(
        _ path: Path<Value, Int>, _ cPath: Path<CMessage, N>
    ) -> Self {
        let (own, raw) = (Place(path), Place(cPath))
        return Self(
            write: { value, message, _ in raw.in(message).pointee = N(own.in(value).pointee) },
            read: { (message, value) throws(WireError) in
                own.in(value).pointee = Int(clamping: raw.in(message).pointee)
            })
    }

    /// A truth value; protobuf-c keeps it in an `int`.
    static func flag(_ path: Path<Value, Bool>, _ cPath: Path<CMessage, protobuf_c_boolean>) -> Self {
        let (own, raw) = (Place(path), Place(cPath))
        return Self(
            write: { value, message, _ in raw.in(message).pointee = own.in(value).pointee ? 1 : 0 },
            read: { (message, value) throws(WireError) in
                own.in(value).pointee = raw.in(message).pointee != 0
            })
    }

    /// An enumeration; a number that this version does not know is an error.
    static func enumeration<E: RawRepresentable & Sendable, C: RawRepresentable & SendableMetatype>(
        _ path: Path<Value, E>, _ cPath: Path<CMessage, C>
    ) -> Self where E.RawValue == UInt32, C.RawValue: BinaryInteger & Sendable {
        let (own, raw) = (Place(path), Place(cPath))
        return Self(
            write: { value, message, _ in
                // Every C enumeration imports with a failable initializer that accepts all numbers.
                raw.in(message).pointee = C(rawValue: C.RawValue(own.in(value).pointee.rawValue))!
            },
            read: { (message, value) throws(WireError) in
                let number = raw.in(message).pointee.rawValue
                guard let known = UInt32(exactly: number).flatMap(E.init(rawValue:)) else {
                    throw WireError(.unknownValue, "\(E.self) has no value \(number).")
                }
                own.in(value).pointee = known
            })
    }

    /// UTF-8 text.
    static func text(_ path: Path<Value, String>, _ cPath: Path<CMessage, UnsafeMutablePointer<CChar>?>) -> Self {
        let (own, raw) = (Place(path), Place(cPath))
        return Self(
            write: { value, message, arena in
                let text = own.in(value).pointee
                if !text.isEmpty { raw.in(message).pointee = arena.copy(text) }
            },
            read: { (message, value) throws(WireError) in
                own.in(value).pointee = try readText(raw.in(message).pointee)
            })
    }

    /// Raw bytes.
    static func bytes(_ path: Path<Value, [UInt8]>, _ cPath: Path<CMessage, ProtobufCBinaryData>) -> Self {
        let (own, raw) = (Place(path), Place(cPath))
        return Self(
            write: { value, message, arena in
                let bytes = own.in(value).pointee
                raw.in(message).pointee = ProtobufCBinaryData(len: bytes.count, data: arena.copy(bytes))
            },
            read: { (message, value) throws(WireError) in
                own.in(value).pointee = readBytes(raw.in(message).pointee)
            })
    }

    /// A SHA-256; absent on the wire where there is none.
    static func hash(_ path: Path<Value, ContentHash?>, _ cPath: Path<CMessage, ProtobufCBinaryData>) -> Self {
        let (own, raw) = (Place(path), Place(cPath))
        return Self(
            write: { value, message, arena in
                let bytes = own.in(value).pointee?.bytes ?? []
                raw.in(message).pointee = ProtobufCBinaryData(len: bytes.count, data: arena.copy(bytes))
            },
            read: { (message, value) throws(WireError) in
                let bytes = readBytes(raw.in(message).pointee)
                let hash = ContentHash(bytes: bytes)
                guard hash != nil || bytes.isEmpty else {
                    throw WireError(.malformed, "A SHA-256 has 32 bytes; got \(bytes.count).")
                }
                own.in(value).pointee = hash
            })
    }
}

extension MessageField {
    /// A list of numbers.
    static func numbers<N: BitwiseCopyable & Sendable>(
        _ path: Path<Value, [N]>, _ countPath: Path<CMessage, Int>, _ cPath: Path<CMessage, UnsafeMutablePointer<N>?>
    ) -> Self {
        let (own, number, raw) = (Place(path), Place(countPath), Place(cPath))
        return Self(
            write: { value, message, arena in
                let list = own.in(value).pointee
                number.in(message).pointee = list.count
                if !list.isEmpty { raw.in(message).pointee = arena.copy(list) }
            },
            read: { (message, value) throws(WireError) in
                own.in(value).pointee = Array(
                    UnsafeBufferPointer(
                        start: raw.in(message).pointee, count: number.in(message).pointee))
            })
    }

    /// A list of texts.
    static func texts(
        _ path: Path<Value, [String]>, _ countPath: Path<CMessage, Int>,
        _ cPath: Path<CMessage, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>
    ) -> Self {
        let (own, number, raw) = (Place(path), Place(countPath), Place(cPath))
        return Self(
            write: { value, message, arena in
                let list = own.in(value).pointee
                guard !list.isEmpty else { return }
                let room = arena.allocate(list.count, of: UnsafeMutablePointer<CChar>?.self)
                for (index, text) in list.enumerated() { room[index] = arena.copy(text) }
                number.in(message).pointee = list.count
                raw.in(message).pointee = room
            },
            read: { (message, value) throws(WireError) in
                let count = number.in(message).pointee
                var list: [String] = []
                list.reserveCapacity(count)
                for index in 0..<count { list.append(try readText(raw.in(message).pointee?[index])) }
                own.in(value).pointee = list
            })
    }

    /// A submessage that may be absent.
    static func message<Inner: WireValue, CInner>(
        _ path: Path<Value, Inner?>, _ cPath: Path<CMessage, UnsafeMutablePointer<CInner>?>
    ) -> Self {
        let (own, raw) = (Place(path), Place(cPath))
        return Self(
            write: { value, message, arena in
                guard let inner = own.in(value).pointee else { return }
                let room = arena.allocate(1, of: CInner.self)
                withUnsafePointer(to: inner) { Inner.coding.write($0, UnsafeMutableRawPointer(room), &arena) }
                raw.in(message).pointee = room
            },
            read: { (message, value) throws(WireError) in
                guard let inner = raw.in(message).pointee else { return }
                own.in(value).pointee = try Inner.coding.read(UnsafeRawPointer(inner))
            })
    }

    /// A submessage that is empty where it is absent.
    static func message<Inner: WireValue, CInner>(
        _ path: Path<Value, Inner>, _ cPath: Path<CMessage, UnsafeMutablePointer<CInner>?>
    ) -> Self {
        let (own, raw) = (Place(path), Place(cPath))
        return Self(
            write: { value, message, arena in
                let room = arena.allocate(1, of: CInner.self)
                Inner.coding.write(own.in(value), UnsafeMutableRawPointer(room), &arena)
                raw.in(message).pointee = room
            },
            read: { (message, value) throws(WireError) in
                guard let inner = raw.in(message).pointee else { return }
                own.in(value).pointee = try Inner.coding.read(UnsafeRawPointer(inner))
            })
    }

    /// A list of submessages.
    static func messages<Inner: WireValue, CInner>(
        _ path: Path<Value, [Inner]>, _ countPath: Path<CMessage, Int>,
        _ cPath: Path<CMessage, UnsafeMutablePointer<UnsafeMutablePointer<CInner>?>?>
    ) -> Self {
        let (own, number, raw) = (Place(path), Place(countPath), Place(cPath))
        return Self(
            write: { value, message, arena in
                let list = own.in(value).pointee
                guard !list.isEmpty else { return }
                let pointers = arena.allocate(list.count, of: UnsafeMutablePointer<CInner>?.self)
                let room = arena.allocate(list.count, of: CInner.self)
                list.withUnsafeBufferPointer { inners in
                    for index in inners.indices {
                        let inner = UnsafePointer(inners.baseAddress! + index)
                        Inner.coding.write(inner, UnsafeMutableRawPointer(room + index), &arena)
                        pointers[index] = room + index
                    }
                }
                number.in(message).pointee = list.count
                raw.in(message).pointee = pointers
            },
            read: { (message, value) throws(WireError) in
                let count = number.in(message).pointee
                var list: [Inner] = []
                list.reserveCapacity(count)
                for index in 0..<count {
                    // protobuf-c fills every pointer of a list that it has unpacked.
                    let inner = raw.in(message).pointee![index]!
                    list.append(try Inner.coding.read(UnsafeRawPointer(inner)))
                }
                own.in(value).pointee = list
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
