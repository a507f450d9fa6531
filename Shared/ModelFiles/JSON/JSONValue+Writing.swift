extension JSONValue {
    /// The value as UTF-8, one member a line.
    public var bytes: [UInt8] {
        var text = ""
        append(to: &text, indentation: "\n")
        return Array((text + "\n").utf8)
    }

    private func append(to text: inout String, indentation: String) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .integer(let value): text += String(value)
        case .number(let value):
            precondition(value.isFinite, "JSON has no \(value)")
            text += value.description
        case .string(let value): Self.append(value, to: &text)
        case .array(let values):
            text += "["
            for (index, value) in values.enumerated() {
                if index > 0 { text += ", " }
                value.append(to: &text, indentation: indentation)
            }
            text += "]"
        case .object(let members):
            text += "{"
            for (index, member) in members.enumerated() {
                text += (index > 0 ? "," : "") + indentation + "  "
                Self.append(member.key, to: &text)
                text += ": "
                member.value.append(to: &text, indentation: indentation + "  ")
            }
            text += members.isEmpty ? "}" : indentation + "}"
        }
    }

    private static func append(_ value: String, to text: inout String) {
        text += "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"", "\\": text += "\\\(scalar)"
            case "\u{0}"..."\u{1f}":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
