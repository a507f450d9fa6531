extension OutputFile {
    /// Floats converted at a time: the whole is never in memory a second time.
    private static let chunk = 1 << 16

    /// Appends floats in a writable storage, chunk by chunk.
    ///
    /// - Parameter name: the tensor's, for errors.
    /// - Throws: `unrepresentableNumber` when a number is not finite once stored, or `inputOutput`.
    func write(
        _ numbers: UnsafePointer<Float>, count: Int, as storage: TensorStorage, name: String
    ) throws(ModelFilesError) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(
            byteCount: storage.byteCount(Self.chunk), alignment: MemoryLayout<Float>.alignment)
        defer { buffer.deallocate() }
        // The buffer is not empty, so it has an address.
        let start = buffer.baseAddress.unsafelyUnwrapped
        for first in stride(from: 0, to: count, by: Self.chunk) {
            let length = min(Self.chunk, count - first)
            if let index = storage.encode(numbers + first, count: length, into: start) {
                throw ModelFilesError(
                    .unrepresentableNumber,
                    "Every number must be finite in \(storage.name); tensor \(name) has \(numbers[first + index]), or "
                        + "one beside it is not. Write it as F32.")
            }
            try write(UnsafeRawBufferPointer(start: start, count: storage.byteCount(length)))
        }
    }

    /// Appends a matrix's rows in another order, some rows at a time.
    func write(
        rows order: [Int], of numbers: UnsafePointer<Float>, columns: Int, as storage: TensorStorage, name: String
    ) throws(ModelFilesError) {
        let rowsAtOnce = max(1, Self.chunk / max(columns, 1))
        let gathered = UnsafeMutablePointer<Float>.allocate(capacity: rowsAtOnce * columns)
        defer { gathered.deallocate() }
        for first in stride(from: 0, to: order.count, by: rowsAtOnce) {
            let rows = order[first..<min(first + rowsAtOnce, order.count)]
            for (place, row) in rows.enumerated() {
                (gathered + place * columns).update(from: numbers + row * columns, count: columns)
            }
            try write(gathered, count: rows.count * columns, as: storage, name: name)
        }
    }
}
