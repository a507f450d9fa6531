/// A piece of YAML to be printed in a fixed order.
enum Rendering {
    /// A scalar, or a short list, as it is to be printed.
    case text(String)
    case list([Rendering])
    case mapping([(key: String, value: Rendering)])

    /// A text as a scalar, in quotes where it would read back as something else without.
    static func quotedWhereNeeded(_ text: String) -> Rendering {
        let isSafe =
            text.first.map { $0.isLetter || $0 == "/" || $0 == "." } == true
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_-./".contains($0)) }
            && !["true", "false", "null", "yes", "no", "on", "off"].contains(text.lowercased())
        if isSafe { return .text(text) }
        let escaped = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"", "\\": "\\\(scalar)"
            case _ where scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value):
                "\\x" + String(scalar.value + 0x100, radix: 16).suffix(2)
            default: String(scalar)
            }
        }
        return .text("\"\(escaped.joined())\"")
    }

    /// The whole on one line.
    var flow: String {
        switch self {
        case .text(let text): text
        case .list(let elements): "[\(elements.map(\.flow).joined(separator: ", "))]"
        case .mapping(let entries): "{\(entries.map { "\($0.key): \($0.value.flow)" }.joined(separator: ", "))}"
        }
    }

    /// The whole as lines, two spaces a level.
    var lines: [String] {
        switch self {
        case .text(let text):
            return [text]
        case .list(let elements):
            return elements.flatMap { element in
                element.lines.enumerated().map { ($0.offset == 0 ? "- " : "  ") + $0.element }
            }
        case .mapping(let entries):
            return entries.flatMap { key, value -> [String] in
                switch value {
                case .text(let text): ["\(key): \(text)"]
                case .list(let elements) where elements.isEmpty: ["\(key): []"]
                default: ["\(key):"] + value.lines.map { "  " + $0 }
                }
            }
        }
    }
}
