import ModelFiles

/// A field of one of a tokenizer's JSON files, which knows its place for errors; a null is a missing one.
struct JSONField {
    /// The value; nil for none.
    let value: JSONValue?
    private let path: String
    private let file: String

    /// The whole file, which must hold an object.
    init(_ bytes: [UInt8], file: String) throws(TokenizationError) {
        do throws(ModelFilesError) {
            value = try JSONValue(parsing: bytes, named: file)
        } catch {
            throw TokenizationError(.malformed, error.message)
        }
        path = ""
        self.file = file
    }

    private init(_ value: JSONValue?, _ path: String, _ file: String) {
        self.value = value == .null ? nil : value
        self.path = path
        self.file = file
    }

    /// A member of the object.
    func member(_ key: String) throws(TokenizationError) -> JSONField {
        guard let value else { return JSONField(nil, "\(path).\(key)", file) }
        guard value.members != nil else { throw wrong("an object") }
        return JSONField(value[key], path.isEmpty ? key : "\(path).\(key)", file)
    }

    /// The elements, by their places; nil where the field is missing.
    func elements() throws(TokenizationError) -> [JSONField]? {
        try checked("an array", \.elements)?.enumerated().map { JSONField($0.element, "\(path).\($0.offset)", file) }
    }

    /// The text; nil where the field is missing.
    func string() throws(TokenizationError) -> String? { try checked("a string", \.string) }

    /// The whole number; nil where the field is missing.
    func integer() throws(TokenizationError) -> Int? { try checked("a whole number", \.integer) }

    /// The number; nil where the field is missing.
    func number() throws(TokenizationError) -> Double? { try checked("a number", \.number) }

    /// The truth value; nil where the field is missing.
    func bool() throws(TokenizationError) -> Bool? {
        try checked("true or false") { if case .bool(let value) = $0 { value } else { nil } }
    }

    /// The result, which may not be missing.
    func required<T>(_ rule: String, _ value: T?) throws(TokenizationError) -> T {
        guard let value else { throw wrong(rule) }
        return value
    }

    /// What is asked for; nil where the field is missing.
    func checked<T>(_ rule: String, _ get: (JSONValue) -> T?) throws(TokenizationError) -> T? {
        guard let value else { return nil }
        guard let result = get(value) else { throw wrong(rule) }
        return result
    }

    /// The error of a value that breaks the rule.
    func wrong(_ rule: String) -> TokenizationError {
        let shown =
            switch value {
            case nil: "missing"
            case .null: "null"
            case .bool(let value): "\(value)"
            case .integer(let value): "\(value)"
            case .number(let value): "\(value)"
            case .string(let value): GGUFValue.string(value).shown
            case .array: "an array"
            case .object: "an object"
            }
        let place = path.isEmpty ? "file \(file)" : "field \(path.prefix(200)) of \(file)"
        return TokenizationError(.malformed, "The \(place) must be \(rule); it is \(shown).")
    }
}
