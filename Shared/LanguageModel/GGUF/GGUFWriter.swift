#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Writes a GGUF file, version 3, with 32-bit floats.
struct GGUFWriter {
    /// A tensor to write; the memory must live until the file is written.
    struct Tensor {
        let name: String
        /// The fastest-varying size first.
        let sizes: [Int]
        let numbers: UnsafePointer<Float>

        var byteCount: Int { sizes.reduce(4, *) }
    }

    private var metadata: [(key: String, value: GGUFValue)] = []
    private var tensors: [Tensor] = []

    private static let alignment = 32

    mutating func set(_ key: String, _ value: GGUFValue) { metadata.append((key, value)) }

    mutating func append(_ tensor: Tensor) { tensors.append(tensor) }

    /// Writes under a temporary name beside `path`, makes it durable, and renames it, so that `path` never names a part.
    ///
    /// - Throws: `inputOutput`; then nothing is left behind.
    func write(to path: String) throws(LanguageModelError) {
        let temporary = "\(path).\(getpid()).\(UInt32.random(in: 0...UInt32.max)).part"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw FileBytes.error("create", temporary) }
        var isClosed = false
        do throws(LanguageModelError) {
            try write(header, to: descriptor, temporary)
            for tensor in tensors {
                try write(
                    UnsafeRawBufferPointer(start: tensor.numbers, count: tensor.byteCount), to: descriptor, temporary)
                let padding = [UInt8](repeating: 0, count: Self.padded(tensor.byteCount) - tensor.byteCount)
                try write(padding, to: descriptor, temporary)
            }
            guard fsync(descriptor) == 0 else { throw FileBytes.error("make durable", temporary) }
            isClosed = true
            guard close(descriptor) == 0 else { throw FileBytes.error("close", temporary) }
            guard rename(temporary, path) == 0 else { throw FileBytes.error("rename \(temporary) to", path) }
        } catch {
            if !isClosed { close(descriptor) }
            unlink(temporary)
            throw error
        }
    }

    private func write(_ bytes: [UInt8], to descriptor: Int32, _ path: String) throws(LanguageModelError) {
        var failure: LanguageModelError?
        // The error is carried out as a value, for the closure's type cannot name it.
        bytes.withUnsafeBytes { bytes in
            do throws(LanguageModelError) { try write(bytes, to: descriptor, path) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    private func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, _ path: String) throws(LanguageModelError)
    {
        var rest = bytes[...]
        while !rest.isEmpty {
            #if canImport(Glibc)
                let written = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            #else
                let written = Darwin.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            #endif
            if written < 0 && errno == EINTR { continue }
            guard written > 0 else { throw FileBytes.error("write to", path) }
            rest = rest.dropFirst(written)
        }
    }

    /// Everything before the tensors' numbers, padded to the alignment.
    var header: [UInt8] {
        var bytes: [UInt8] = []
        Self.append(GGUFFile.magic, to: &bytes)
        Self.append(UInt32(3), to: &bytes)
        Self.append(UInt64(tensors.count), to: &bytes)
        Self.append(UInt64(metadata.count), to: &bytes)
        for (key, value) in metadata {
            Self.append(key, to: &bytes)
            Self.append(value.type.rawValue, to: &bytes)
            Self.append(value, to: &bytes)
        }
        var offset = 0
        for tensor in tensors {
            Self.append(tensor.name, to: &bytes)
            Self.append(UInt32(tensor.sizes.count), to: &bytes)
            for size in tensor.sizes { Self.append(UInt64(size), to: &bytes) }
            Self.append(GGUFTensor.Storage.float32.rawValue, to: &bytes)
            Self.append(UInt64(offset), to: &bytes)
            offset += Self.padded(tensor.byteCount)
        }
        bytes += [UInt8](repeating: 0, count: Self.padded(bytes.count) - bytes.count)
        return bytes
    }

    private static func padded(_ count: Int) -> Int { (count + alignment - 1) / alignment * alignment }

    private static func append(_ integer: some FixedWidthInteger, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: integer.littleEndian) { bytes += $0 }
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        append(UInt64(text.utf8.count), to: &bytes)
        bytes += text.utf8
    }

    private static func append(_ value: GGUFValue, to bytes: inout [UInt8]) {
        switch value {
        case .uint8(let value): append(value, to: &bytes)
        case .int8(let value): append(value, to: &bytes)
        case .uint16(let value): append(value, to: &bytes)
        case .int16(let value): append(value, to: &bytes)
        case .uint32(let value): append(value, to: &bytes)
        case .int32(let value): append(value, to: &bytes)
        case .float32(let value): append(value.bitPattern, to: &bytes)
        case .bool(let value): append(UInt8(value ? 1 : 0), to: &bytes)
        case .string(let value): append(value, to: &bytes)
        case .uint64(let value): append(value, to: &bytes)
        case .int64(let value): append(value, to: &bytes)
        case .float64(let value): append(value.bitPattern, to: &bytes)
        case .array(let type, let values):
            append(type.rawValue, to: &bytes)
            append(UInt64(values.count), to: &bytes)
            for value in values { append(value, to: &bytes) }
        }
    }
}
