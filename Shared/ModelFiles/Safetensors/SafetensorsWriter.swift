/// Writes a safetensors file.
public struct SafetensorsWriter {
    /// A tensor to write.
    public struct Tensor {
        /// The name, unique in the file.
        public let name: String
        /// The sizes, the fastest-varying last.
        public let shape: [Int]
        /// The product of the sizes in numbers; the memory must live until the file is written.
        public let numbers: UnsafePointer<Float>
        /// Which row is written first, second, and so on; nil when rows are written as they lie.
        public let rowOrder: [Int]?

        /// Refers to the numbers and copies nothing.
        public init(name: String, shape: [Int], numbers: UnsafePointer<Float>, rowOrder: [Int]? = nil) {
            precondition(
                rowOrder.map { $0.count == shape.first } ?? true, "a row order for another shape than \(shape)")
            self.name = name
            self.shape = shape
            self.numbers = numbers
            self.rowOrder = rowOrder
        }

        var count: Int { shape.reduce(1, *) }
    }

    private let storage: TensorStorage
    private var tensors: [Tensor] = []

    /// A file without tensors.
    ///
    /// - Parameter storage: what all tensors are written as: `float32`, `float16` or `bfloat16`.
    /// - Throws: `unsupportedFile` for another storage.
    public init(storage: TensorStorage = .float32) throws(ModelFilesError) {
        guard TensorStorage.safetensors.contains(storage) else {
            let known = TensorStorage.safetensors.map(\.name).joined(separator: ", ")
            throw ModelFilesError(
                .unsupportedFile, "Safetensors files are written as one of \(known); \(storage.name) was asked for.")
        }
        self.storage = storage
    }

    /// Adds a tensor after those before it.
    public mutating func append(_ tensor: Tensor) { tensors.append(tensor) }

    /// Writes under a temporary name beside `path`, makes it durable, and renames it, so that `path` never names a part.
    ///
    /// - Throws: `inputOutput`, or `unrepresentableNumber`; then nothing is left behind.
    public func write(to path: String) throws(ModelFilesError) {
        try OutputFile.write(to: path) { (file) throws(ModelFilesError) in
            try file.write(header)
            for tensor in tensors {
                if let order = tensor.rowOrder {
                    try file.write(
                        rows: order, of: tensor.numbers, columns: tensor.count / max(order.count, 1), as: storage,
                        name: tensor.name)
                } else {
                    try file.write(tensor.numbers, count: tensor.count, as: storage, name: tensor.name)
                }
            }
        }
    }

    /// The header's length and the header, padded with spaces so that the numbers begin at a multiple of 64 bytes.
    var header: [UInt8] {
        var members = [JSONMember("__metadata__", .object([JSONMember("format", .string("pt"))]))]
        var end = 0
        for tensor in tensors {
            let start = end
            end += storage.byteCount(tensor.count)
            members.append(
                JSONMember(
                    tensor.name,
                    .object([
                        JSONMember("dtype", .string(storage.name)),
                        JSONMember("shape", .array(tensor.shape.map(JSONValue.integer))),
                        JSONMember("data_offsets", .array([.integer(start), .integer(end)])),
                    ])))
        }
        var text = JSONValue.object(members).bytes
        text += [UInt8](repeating: 0x20, count: (64 - (8 + text.count) % 64) % 64)
        return withUnsafeBytes(of: UInt64(text.count).littleEndian) { Array($0) } + text
    }
}
