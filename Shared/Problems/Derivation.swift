/// A solution as the checks of derivations read it: its steps, a line each, and the integer on its line of marks.
///
/// The first line that begins with `####` ends a derivation, and what follows is ignored: nothing that is written later can
/// make good what does not hold before it, nor spoil what does. A line is bytes that a policy wrote: nothing is assumed of it.
struct Derivation: Sendable {
    /// The lines before the line of marks, without their newlines.
    let steps: [ArraySlice<UInt8>]
    /// The integer on the line of marks.
    let answer: Int

    /// Divides a solution; nil if it has no line of marks, or that holds no integer of at most `LineScanner.mostDigits`
    /// digits. Takes time linear in the length.
    init?(_ solution: some StringProtocol) {
        let lines = Array(solution.utf8).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard let end = lines.firstIndex(where: { $0.starts(with: Self.marks) }) else { return nil }
        var scanner = LineScanner(lines[end].dropFirst(Self.marks.count))
        guard let answer = scanner.integer(), scanner.isAtEnd else { return nil }
        self.answer = answer
        steps = Array(lines[..<end])
    }

    /// The step that the line of marks is, counted from 1.
    var answerStep: Int { steps.count + 1 }

    static let marks = Array("####".utf8)
}
