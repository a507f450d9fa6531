import Foundation

extension StudyReport {
    /// The report as Markdown: a table of what was measured, the fits, and where each number comes from.
    public var markdown: String {
        var lines = [
            "# Results of \(name)", "",
            "Written by `eightfold study --report` from `results.jsonl`; do not edit. Errors are shares of test problems whose greedy solution is wrong, means over seeds; intervals are 95%, by a bootstrap over seeds and problems together. Tokens and seconds are those of the whole way from the base model, a mean over seeds; sampled tokens count rollouts and continuations, and no evaluation.",
            "",
            "| method | problems | seeds | error | interval | against \(baseline), points | efficiency | sampled tokens | trained tokens | seconds | held-out / taught accuracy | pits (false) | format drift |",
            "| --- | ---: | ---: | ---: | --- | --- | --- | ---: | ---: | ---: | --- | ---: | --- |",
        ]
        lines += rows.map(line)
        lines += [
            "", "| method | error | interval of b | accuracy | interval of the slope |",
            "| --- | --- | --- | --- | --- |",
        ]
        lines += fits.map { fit in
            "| \(fit.method) | \(Self.digits(fit.law.scale, 3)) · D^−b, b = \(Self.digits(fit.law.exponent, 3)) | "
                + "\(Self.range(fit.exponent)) | \(Self.digits(fit.logLinear.intercept, 3)) + "
                + "\(Self.digits(fit.logLinear.slope, 3)) · ln D | \(Self.range(fit.slope)) |"
        }
        lines += [
            "",
            "The efficiency of a method at D is the number of problems at which the fit of \(baseline) has the error that the method's fit has at D, divided by D. ≥ and ≤ mark what lies beyond the measured sizes of \(baseline): bounds, not numbers.",
            "",
        ]
        return lines.joined(separator: "\n")
    }

    private func line(_ row: Row) -> String {
        let pits = row.results.reduce(0) { $0 + $1.pitCount }
        let checked = row.results.reduce(0) { $0 + $1.checkedPitCount }
        let isFalse = Double(row.results.reduce(0) { $0 + $1.falsePitCount })
        let cells = [
            row.method, "\(row.size)", row.results.map { "\($0.seed)" }.joined(separator: ", "),
            Self.percent(row.error),
            "\(Self.percent(row.interval.lowerBound)) to \(Self.percent(row.interval.upperBound))",
            row.difference.map {
                "\(Self.points($0.value)) (\(Self.points($0.interval.lowerBound)) to \(Self.points($0.interval.upperBound)))"
            } ?? "",
            row.efficiency.map {
                "\(Self.text($0.value)) (\(Self.digits($0.interval.lowerBound, 2)) to \(Self.digits($0.interval.upperBound, 2)))"
            } ?? "",
            Self.count(row.sampledTokens), Self.count(row.trainedTokens),
            row.seconds.map { "\(Int($0.rounded()))" } ?? "",
            "\(Self.accuracy(row, on: "train")) / \(Self.accuracy(row, on: "taught"))",
            "\(pits)" + (checked > 0 && pits > 0 ? " (\(Self.percent(isFalse / Double(checked))))" : ""),
            Self.drift(row),
        ]
        return "| " + cells.joined(separator: " | ") + " |"
    }

    private static func accuracy(_ row: Row, on split: String) -> String {
        let found = row.results.compactMap { $0.evaluation(on: split)?.accuracy }
        return found.isEmpty ? "–" : percent(found.reduce(0, +) / Double(found.count))
    }

    private static func drift(_ row: Row) -> String {
        let most = row.results.filter { $0.formatDrift != nil }.max { $0.formatDrift ?? 0 < $1.formatDrift ?? 0 }
        return most.map { "\(digits($0.formatDrift ?? 0, 2)) (\($0.driftingAspect ?? ""))" } ?? ""
    }

    private static func text(_ efficiency: Efficiency) -> String {
        switch efficiency {
        case .ratio(let value): digits(value, 2)
        case .atLeast(let value): "≥ \(digits(value, 2))"
        case .atMost(let value): "≤ \(digits(value, 2))"
        }
    }

    private static func range(_ interval: ClosedRange<Double>?) -> String {
        interval.map { "\(digits($0.lowerBound, 3)) to \(digits($0.upperBound, 3))" } ?? ""
    }

    private static func percent(_ share: Double) -> String { "\(digits(share * 100, 1))%" }

    private static func points(_ difference: Double) -> String {
        (difference < 0 ? "−" : "+") + digits(abs(difference) * 100, 1)
    }

    /// Millions and thousands, with two digits behind the point at most.
    private static func count(_ value: Double) -> String {
        value >= 1e6 ? "\(digits(value / 1e6, 2)) M" : value >= 1e3 ? "\(digits(value / 1e3, 0)) k" : digits(value, 0)
    }

    private static func digits(_ value: Double, _ places: Int) -> String { String(format: "%.\(places)f", value) }
}
