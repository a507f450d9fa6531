extension GGUFTensor {
    /// A row of the file's table of tensors, before the place that it states is checked.
    struct Entry {
        let name: String
        private let sizes: [Int]
        private let type: UInt32
        private let offset: UInt64

        private static let mostNumbers = 1 << 40

        init(_ cursor: inout GGUFCursor, _ index: Int) throws(ModelFilesError) {
            name = try cursor.name("name of tensor \(index)")
            let dimensions = try cursor.integer(UInt32.self, "number of sizes of tensor \(name)")
            guard (1...4).contains(dimensions) else {
                throw ModelFilesError(
                    .malformedFile, "Tensor \(name) must have one to four sizes; it has \(dimensions).")
            }
            var sizes: [Int] = []
            for _ in 0..<dimensions {
                sizes.append(try cursor.count("size of tensor \(name)", limit: Self.mostNumbers))
            }
            self.sizes = sizes
            type = try cursor.integer(UInt32.self, "type of tensor \(name)")
            offset = try cursor.integer(UInt64.self, "offset of tensor \(name)")
        }

        /// The tensor, once its numbers are known to lie within the `end - dataStart` bytes of data.
        func tensor(dataStart: Int, alignment: Int, end: Int) throws(ModelFilesError) -> GGUFTensor {
            guard let storage = TensorStorage(ggufType: type) else {
                let known = TensorStorage.allCases.map { "\($0.name) (\($0.ggufType))" }.joined(separator: ", ")
                throw ModelFilesError(
                    .unsupportedFile,
                    "A tensor's type must be one of \(known); \(name) is of type \(type). Convert the model to F16.")
            }
            let count = try numberCount()
            guard sizes[0] % storage.blockCount == 0 else {
                throw ModelFilesError(
                    .malformedFile,
                    "A row of type \(storage.name) must be a multiple of \(storage.blockCount) long; "
                        + "tensor \(name) has rows of \(sizes[0]).")
            }
            let room = end - dataStart
            guard let offset = Int(exactly: offset), offset % alignment == 0, offset <= room,
                storage.byteCount(count) <= room - offset
            else {
                throw ModelFilesError(
                    .malformedFile,
                    "Tensor \(name) must start at a multiple of \(alignment) and end within the file's \(room) bytes of "
                        + "data; its offset is \(self.offset) and it has \(storage.byteCount(count)) bytes.")
            }
            return GGUFTensor(
                name: name, sizes: sizes, storage: storage, count: count, fileOffset: dataStart + offset)
        }

        private func numberCount() throws(ModelFilesError) -> Int {
            var count = 1
            for size in sizes {
                let (product, overflows) = count.multipliedReportingOverflow(by: size)
                guard size > 0, !overflows, product <= Self.mostNumbers else {
                    throw ModelFilesError(
                        .malformedFile,
                        "The sizes of tensor \(name) must be positive and their product at most 2^40; "
                            + "they are \(sizes).")
                }
                count = product
            }
            return count
        }
    }
}
