extension JSONValue {
    /// The value in some JSON text.
    ///
    /// - Parameter document: what errors call the text.
    /// - Throws: `malformedFile` with the offset of what breaks JSON's rules.
    public init(parsing bytes: [UInt8], named document: String) throws(ModelFilesError) {
        let copy = FileBytes(copying: bytes)
        defer { withExtendedLifetime(copy) {} }
        self = try JSONParser.parse(copy.bytes, document)
    }
}
