/// A sentence with places for words: `{name}` for a phrase, `[one|many]` for the form that goes with the one who acts.
struct Wording: ExpressibleByStringLiteral, Sendable {
    let template: String

    init(stringLiteral template: String) { self.template = template }

    /// The sentence.
    ///
    /// - Parameters:
    ///   - plural: Whether those who act are several.
    ///   - phrase: The phrase of a name; nil, which traps, if there is none of this name.
    func filled(plural: Bool, _ phrase: (Substring) -> String?) -> String {
        // By bytes: what opens and closes a place is ASCII.
        var (text, rest) = ("", template[...])
        while let open = rest.utf8.firstIndex(where: { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[") }),
            let close = rest.utf8[open...].firstIndex(where: { $0 == UInt8(ascii: "}") || $0 == UInt8(ascii: "]") })
        {
            text += rest[..<open]
            let inside = rest[rest.utf8.index(after: open)..<close]
            if rest.utf8[open] == UInt8(ascii: "{") {
                guard let phrase = phrase(inside) else { preconditionFailure("no \(inside) in \"\(template)\"") }
                text += phrase
            } else {
                let forms = inside.split(separator: "|")
                precondition(forms.count == 2, "\"\(template)\" has no two forms in \(inside)")
                text += forms[plural ? 1 : 0]
            }
            rest = rest[rest.utf8.index(after: close)...]
        }
        return text + rest
    }
}
