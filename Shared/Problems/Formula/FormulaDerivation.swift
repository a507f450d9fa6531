/// A solution of a formula problem: its steps, a line each, and what stands on its first line of marks, after which
/// everything is ignored.
struct FormulaDerivation: Sendable {
    /// The lines before the line of marks, without their newlines.
    let steps: [ArraySlice<UInt8>]
    /// The text on the line of marks, without blanks around it; not empty.
    let answer: String

    /// Divides a solution; nil if it has no line of marks, or one without a text. Takes time linear in the length.
    init?(_ solution: some StringProtocol) {
        let lines = Array(solution.utf8).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard let end = lines.firstIndex(where: { $0.starts(with: Derivation.marks) }) else { return nil }
        let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0d }
        var text = lines[end].dropFirst(Derivation.marks.count).drop(while: isBlank)
        while let last = text.last, isBlank(last) { text.removeLast() }
        guard !text.isEmpty else { return nil }
        answer = String(decoding: text, as: UTF8.self)
        steps = Array(lines[..<end])
    }
}
