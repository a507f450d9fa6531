/// A JSON value, as the descriptions beside and inside model files hold them.
public enum JSONValue: Hashable, Sendable {
    /// No value.
    case null
    /// A truth value.
    case bool(Bool)
    /// A number without fraction and exponent that fits.
    case integer(Int)
    /// Any other number.
    case number(Double)
    /// Text.
    case string(String)
    /// Values in order.
    case array([JSONValue])
    /// Members in order; no two have the same key.
    case object([JSONMember])

    /// The value of an object's member; nil when there is none, or when this is no object.
    public subscript(key: String) -> JSONValue? {
        members?.first { $0.key == key }?.value
    }

    /// The members of an object; nil for others.
    public var members: [JSONMember]? {
        if case .object(let members) = self { members } else { nil }
    }

    /// The elements of an array; nil for others.
    public var elements: [JSONValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// The text; nil for others.
    public var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The whole number; nil for others.
    public var integer: Int? {
        if case .integer(let value) = self { value } else { nil }
    }

    /// Either kind of number; nil for others.
    public var number: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }
}

/// One member of a JSON object.
public struct JSONMember: Hashable, Sendable {
    /// The key.
    public let key: String
    /// The value.
    public let value: JSONValue

    /// A member of that key.
    public init(_ key: String, _ value: JSONValue) {
        self.key = key
        self.value = value
    }
}
