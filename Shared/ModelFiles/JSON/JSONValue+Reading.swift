extension JSONValue {
    /// The value in a file of at most `largest` bytes.
    ///
    /// - Throws: `inputOutput`, or `malformedFile` with the offset of what breaks JSON's rules.
    public init(path: String, largest: Int = 1 << 24) throws(ModelFilesError) {
        let file = try FileBytes(mapping: path)
        guard file.bytes.count <= largest else {
            throw ModelFilesError(
                .malformedFile, "The file \(path) may have \(largest) bytes; it has \(file.bytes.count).")
        }
        self = try JSONParser.parse(file.bytes, path)
    }
}
