extension GGUFFile {
    /// Copies a tensor's numbers, as 32-bit floats, to memory with room for `tensor.count`.
    ///
    /// The tensor must be one of this file's.
    public func read(_ tensor: GGUFTensor, into target: UnsafeMutablePointer<Float>) {
        tensor.storage.decode(bytes(tensor), count: tensor.count, into: target)
    }

    /// A tensor's numbers as 32-bit floats.
    public func floats(_ tensor: GGUFTensor) -> [Float] {
        [Float](unsafeUninitializedCapacity: tensor.count) { buffer, initialized in
            if let start = buffer.baseAddress { read(tensor, into: start) }
            initialized = tensor.count
        }
    }

    /// The numbers of these tensors as they lie in the file, when they can be used so: all are 32-bit floats and follow
    /// each other in this order without gaps. Nil when they do not; then `read` copies them.
    public func mappedFloats(_ tensors: [GGUFTensor]) -> MappedFloats? {
        guard let first = tensors.first else { return nil }
        var end = first.fileOffset
        for tensor in tensors {
            guard tensor.storage == .float32, tensor.fileOffset == end else { return nil }
            end += tensor.byteCount
        }
        return MappedFloats(file, bytes(first), count: (end - first.fileOffset) / MemoryLayout<Float>.size)
    }

    private func bytes(_ tensor: GGUFTensor) -> UnsafeRawPointer {
        precondition(
            tensor.fileOffset + tensor.byteCount <= file.bytes.count, "tensor \(tensor.name) is of another file")
        // A tensor has at least one number, so the file has bytes and the range was checked when it was parsed.
        return UnsafeRawPointer(file.bytes.baseAddress.unsafelyUnwrapped) + tensor.fileOffset
    }
}
