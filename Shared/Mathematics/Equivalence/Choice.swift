/// The letter of an answer that was chosen among several.
enum Choice {
    /// Whether one text is a letter, and the other is that letter with what it stands for: `C` and `(C) 12`.
    static func isSame(_ first: String, _ second: String) -> Bool {
        guard let letter = alone(first) ?? alone(second),
            let other = alone(first) == nil ? leading(first) : leading(second)
        else {
            return false
        }
        return letter == other
    }

    /// The letter that a text is, in brackets or not.
    private static func alone(_ text: String) -> Character? {
        let bare = plain(text).filter { !"().".contains($0) }
        guard bare.count == 1, let letter = bare.first, ("A"..."J").contains(letter) else { return nil }
        return letter
    }

    /// The letter in brackets, or with a bracket, point or colon behind it, that a text begins with.
    private static func leading(_ text: String) -> Character? {
        var rest = plain(text)[...]
        let isBracketed = rest.first == "("
        if isBracketed { rest.removeFirst() }
        guard let letter = rest.popFirst(), ("A"..."J").contains(letter), let mark = rest.popFirst(),
            isBracketed ? mark == ")" : ").:".contains(mark)
        else { return nil }
        return letter
    }

    private static func plain(_ text: String) -> String {
        text.replacing("\\textbf", with: "").replacing("\\text", with: "").replacing("\\mathrm", with: "")
            .filter { !"{}$* ".contains($0) }
    }
}
