/// A JSON value whose objects keep the order of their fields, for programs and for people.
public indirect enum JSONValue: Sendable, Equatable {
    /// No value.
    case null
    /// A truth value.
    case flag(Bool)
    /// A number, as JSON writes it.
    case number(String)
    /// A text.
    case text(String)
    /// Values in their order.
    case list([JSONValue])
    /// Fields in their order.
    case object([Field])

    /// A field of an object.
    public struct Field: Sendable, Equatable {
        /// Its name.
        public let name: String
        /// Its value.
        public let value: JSONValue

        /// Makes a field.
        public init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    /// An integer.
    public static func integer(_ value: some BinaryInteger) -> JSONValue { .number("\(value)") }

    /// A number with a fraction, in the shortest text that reads back the same; null if it is not finite, for which JSON
    /// has no text.
    public static func real(_ value: some BinaryFloatingPoint & CustomStringConvertible) -> JSONValue {
        value.isFinite ? .number(value.description) : .null
    }

    /// The value of an object's field; nil if this is no object or has no such field.
    public subscript(name: String) -> JSONValue? {
        guard case .object(let fields) = self else { return nil }
        return fields.first { $0.name == name }?.value
    }

    /// The value on one line of JSON.
    public var json: String {
        switch self {
        case .null: "null"
        case .flag(let flag): flag ? "true" : "false"
        case .number(let text): text
        case .text(let text): Self.quoted(text)
        case .list(let values): "[" + values.map(\.json).joined(separator: ",") + "]"
        case .object(let fields):
            "{" + fields.map { Self.quoted($0.name) + ":" + $0.value.json }.joined(separator: ",") + "}"
        }
    }

    /// The value on one line for people: what is empty is left out, what is long is cut, with its length,
    /// and of a hash the first 12 digits are shown.
    public var brief: String {
        switch self {
        case .null, .flag, .number: return json
        case .text(let text) where text.utf8.count == 64 && text.allSatisfy(\.isHexDigit):
            return Self.quoted(String(text.prefix(12)))
        case .text(let text):
            let start = text.prefix(Self.longestText)
            return Self.quoted(String(start)) + (start.count < text.count ? "…(\(text.count))" : "")
        case .list(let values):
            let start = values.prefix(values.allSatisfy(\.isNumber) ? Self.mostNumbers : Self.mostValues)
            let cut = start.count < values.count ? ", …(\(values.count))" : ""
            return "[" + start.map(\.brief).joined(separator: ", ") + cut + "]"
        case .object(let fields):
            return "{"
                + fields.filter { !$0.value.isEmpty }.map { "\($0.name): \($0.value.brief)" }.joined(separator: ", ")
                + "}"
        }
    }

    private static let longestText = 120
    private static let mostNumbers = 6
    private static let mostValues = 4

    private var isNumber: Bool { if case .number = self { true } else { false } }

    /// Whether people need not see it.
    private var isEmpty: Bool {
        switch self {
        case .null, .flag(false), .text(""), .list([]), .object([]): true
        default: false
        }
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case "\u{0}"..<" ":
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
