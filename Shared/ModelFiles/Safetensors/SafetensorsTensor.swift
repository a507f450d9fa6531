/// One tensor of a safetensors file: its name, shape, and where its numbers lie.
public struct SafetensorsTensor: Hashable, Sendable {
    /// The name, unique in the file.
    public let name: String
    /// The sizes, the fastest-varying last: a matrix is [rows][columns].
    public let shape: [Int]
    /// How numbers are stored: `float32`, `float16` or `bfloat16`.
    public let storage: TensorStorage
    /// The product of the sizes.
    public let count: Int
    /// The first byte, counted from the start of the data.
    let offset: Int

    /// Bytes in the file.
    var byteCount: Int { storage.byteCount(count) }

    private static let mostNumbers = 1 << 40
    private static let mostSizes = 8

    /// Reads the description in a file's header.
    ///
    /// - Parameter room: the bytes of data that the file has.
    init(_ member: JSONMember, room: Int) throws(ModelFilesError) {
        name = member.key
        guard let type = member.value["dtype"]?.string, let sizes = member.value["shape"]?.elements,
            let offsets = member.value["data_offsets"]?.elements, sizes.count <= Self.mostSizes
        else {
            throw ModelFilesError(
                .malformedFile,
                "Tensor \(name) must have a dtype, a shape of at most \(Self.mostSizes) sizes, and data_offsets.")
        }
        guard let storage = TensorStorage(safetensorsType: type) else {
            let known = TensorStorage.safetensors.map(\.name).joined(separator: ", ")
            throw ModelFilesError(
                .unsupportedFile, "The dtype of a tensor must be one of \(known); tensor \(name) has \(type).")
        }
        var shape: [Int] = []
        var count = 1
        for size in sizes {
            guard let size = size.integer, (0...Self.mostNumbers).contains(size),
                case let (product, overflows) = count.multipliedReportingOverflow(by: size), !overflows,
                product <= Self.mostNumbers
            else {
                throw ModelFilesError(
                    .malformedFile,
                    "The shape of tensor \(name) must hold whole numbers from 0 on with a product of at most 2^40.")
            }
            shape.append(size)
            count = product
        }
        guard offsets.count == 2, let first = offsets[0].integer, let end = offsets[1].integer, first >= 0,
            first <= end,
            end <= room, end - first == storage.byteCount(count)
        else {
            throw ModelFilesError(
                .malformedFile,
                "The data_offsets of tensor \(name) must be two places within the file's \(room) bytes of data, "
                    + "\(storage.byteCount(count)) bytes apart as its shape says.")
        }
        self.shape = shape
        self.storage = storage
        self.count = count
        offset = first
    }
}

extension TensorStorage {
    /// The storages that safetensors files may have here.
    static let safetensors: [TensorStorage] = [.float32, .float16, .bfloat16]

    /// The storage of a `dtype`; nil for those that are not read.
    fileprivate init?(safetensorsType name: String) {
        guard let storage = Self.safetensors.first(where: { $0.name == name }) else { return nil }
        self = storage
    }
}
