/// The tensors of a Hugging Face folder: `model.safetensors`, or the files that `model.safetensors.index.json` names.
public struct SafetensorsFolder: Sendable {
    private let files: [SafetensorsFile]
    private let fileOfTensor: [String: Int]

    static let fileName = "model.safetensors"
    static let indexName = "model.safetensors.index.json"
    private static let mostFiles = 4096

    /// Maps the files and parses their headers.
    ///
    /// - Throws: `inputOutput`, `malformedFile`, or `unsupportedFile`.
    public init(_ folder: InputFolder) throws(ModelFilesError) {
        guard folder.contains(Self.indexName) else {
            let file = try SafetensorsFile(path: "\(folder.path)/\(Self.fileName)")
            files = [file]
            fileOfTensor = Dictionary(uniqueKeysWithValues: file.tensors.map { ($0.name, 0) })
            return
        }
        guard let map = try folder.json(Self.indexName)["weight_map"]?.members else {
            throw ModelFilesError(
                .malformedFile, "The file \(Self.indexName) must have an object weight_map, of tensors and their files."
            )
        }
        var files: [SafetensorsFile] = []
        var fileOfName: [String: Int] = [:]
        var fileOfTensor: [String: Int] = [:]
        for member in map {
            let name = try Self.checked(member)
            if fileOfName[name] == nil {
                guard files.count < Self.mostFiles else {
                    throw ModelFilesError(.malformedFile, "The weight_map may name \(Self.mostFiles) files.")
                }
                fileOfName[name] = files.count
                files.append(try SafetensorsFile(path: "\(folder.path)/\(name)"))
            }
            // The name has just been added where it was missing.
            let file = fileOfName[name].unsafelyUnwrapped
            guard files[file].tensor(named: member.key) != nil else {
                throw ModelFilesError(
                    .malformedFile, "The weight_map says that tensor \(member.key) is in \(name); it is not.")
            }
            fileOfTensor[member.key] = file
        }
        self.files = files
        self.fileOfTensor = fileOfTensor
    }

    /// The file's name, which must be one inside the folder.
    private static func checked(_ member: JSONMember) throws(ModelFilesError) -> String {
        guard let name = member.value.string, name.hasSuffix(".safetensors"), name.utf8.count <= 255,
            !name.utf8.contains(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") || $0 < 0x20 }),
            !name.hasPrefix(".")
        else {
            throw ModelFilesError(
                .malformedFile,
                "The weight_map must name files of the folder itself, plain names that end in .safetensors; that of "
                    + "tensor \(member.key) is not one.")
        }
        return name
    }

    /// The names of all tensors, in no order.
    public var names: some Collection<String> { fileOfTensor.keys }

    /// The tensor of that name; nil when there is none.
    public func tensor(named name: String) -> SafetensorsTensor? {
        fileOfTensor[name].flatMap { files[$0].tensor(named: name) }
    }

    /// Copies a tensor's numbers, as 32-bit floats, to memory with room for `tensor.count`.
    ///
    /// The tensor must be one of this folder's.
    public func read(_ tensor: SafetensorsTensor, into target: UnsafeMutablePointer<Float>) {
        guard let file = fileOfTensor[tensor.name] else {
            preconditionFailure("tensor \(tensor.name) is of another folder")
        }
        files[file].read(tensor, into: target)
    }
}
