public import Evolution
import Problems

extension EvolutionReport {
    /// For people: a line for each strategy, and one for all.
    public var text: String {
        let rows = byStrategy.sorted { $0.key.rawValue < $1.key.rawValue }.map { Self.row($0.key.rawValue, $0.value) }
        let head = ["strategy", "asked", "unreadable", "duplicates", "no answer", "disagreed", "kept", "agreement"]
        return StatusReport.table(head, rows + [Self.row("all", total)]).joined(separator: "\n")
    }

    private static func row(_ name: String, _ counts: Counts) -> [String] {
        let figures = [
            counts.asked, counts.unreadable, counts.duplicates, counts.noAnswer, counts.disagreed, counts.kept,
        ]
        return [name] + figures.map { "\($0)" } + [counts.meanAgreement.map(percent) ?? ""]
    }
}

extension EvolvedQuestion {
    /// A refused question for programs: what was asked for, and why nothing came of it; nil for one that was kept.
    public var refusalJSON: JSONValue? {
        guard let refusal else { return nil }
        return .object([
            .init("parent", .text(parent.question)), .init("strategy", .text(strategy.rawValue)),
            .init("question", question.map(JSONValue.text) ?? .null), .init("kind", .text(refusal.kind.rawValue)),
            .init("reason", .text("\(refusal)")),
        ])
    }
}
