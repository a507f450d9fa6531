import Foundation

extension StudyReport {
    /// The report as Markdown: a table of what was measured, the fits, and where each number comes from.
    public var markdown: String {
        var lines = [
            "# Results of \(name)", "",
            "Written by `eightfold study --report` from `\(source)`; do not edit. \(seedsText) Errors are shares of test problems whose first solution is wrong, means over seeds. \(intervalText) Tokens and seconds are those of the whole way from the base model, means over seeds; sampled tokens count rollouts and continuations, and no evaluation. False pits are told by exact values where there are some; where steps are surveyed a pit is what half of the continuations find, and false, at the least, what the other half leaves again. Format drift is the largest over seeds, from the policy that a method began with.",
            "",
            "| method | problems | error | interval | against \(baseline), points | efficiency | between sizes | sampled tokens | trained tokens | seconds | pits (false) | spurious steps | format drift |",
            "| --- | ---: | ---: | --- | --- | --- | --- | ---: | ---: | ---: | ---: | ---: | --- |",
        ]
        lines += rows.map(line)
        lines += evaluationLines
        lines += surveyLines
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
            "The efficiency of a method at D is the number of problems at which the fit of \(baseline) has the error that the method's fit has at D, divided by D; between sizes, the number at which the line through the measured errors of \(baseline), straight in logarithms, has the error that was measured. Where they differ the curve is no power law. ≥ and ≤ mark what lies beyond the measured sizes of \(baseline): bounds, not numbers. A mean error of 0 has no logarithm, and is left out of the fit of errors.",
            "",
        ]
        lines += samplingLines
        return lines.joined(separator: "\n")
    }

    private func line(_ row: Row) -> String {
        var cells: [String] = [row.method, "\(row.size)", Self.percent(row.error)]
        cells.append(
            row.interval.map { "\(Self.percent($0.lowerBound)) to \(Self.percent($0.upperBound))" } ?? "")
        cells.append(row.difference.map(Self.difference) ?? "")
        cells.append(row.efficiency.map(Self.efficiency) ?? "")
        cells.append(row.interpolated.map(Self.efficiency) ?? "")
        cells.append(row.cost.sampledTokens.map(Self.count) ?? "")
        cells.append(row.cost.trainedTokens.map(Self.count) ?? "")
        cells.append(row.cost.seconds.map { "\(Int($0.rounded()))" } ?? "")
        cells += [Self.pits(row.results), Self.spurious(row.results), Self.drift(row)]
        return "| " + cells.joined(separator: " | ") + " |"
    }

    /// What cells without test problems measured; nothing where there are none.
    private var surveyLines: [String] {
        guard !surveys.isEmpty else { return [] }
        let heading = [
            "", "| surveyed by | problems | seeds | correct rollouts | pits (false) | spurious steps |",
            "| --- | ---: | --- | ---: | ---: | ---: |",
        ]
        return heading
            + surveys.map { survey in
                let correct = survey.results.reduce(0) { $0 + $1.correctCount }
                let graded = survey.results.reduce(correct) { $0 + $1.incorrectCount }
                let share = graded == 0 ? "" : Self.percent(Double(correct) / Double(graded))
                let seeds = survey.results.map { "\($0.seed)" }.joined(separator: ", ")
                return
                    "| \(survey.method) | \(survey.size) | \(seeds) | \(share) | \(Self.pits(survey.results)) | \(Self.spurious(survey.results)) |"
            }
    }

    /// Efficiencies in sampled tokens; nothing where there are none.
    private var samplingLines: [String] {
        guard let sampling else { return [] }
        let heading = [
            "| method | problems | sampled tokens | tokens that \(sampling.baseline) samples for its error, over its own |",
            "| --- | ---: | ---: | --- |",
        ]
        let rows = sampling.rows.map { row in
            "| \(row.method) | \(row.size) | \(Self.count(row.tokens)) | \(Self.efficiency(row.efficiency)) |"
        }
        return heading + rows + [
            "",
            "This is the efficiency in sampled tokens, by fits of errors against tokens; bounds are those of what \(sampling.baseline) sampled.",
            "",
        ]
    }

    /// Over all seeds together, with the share of those that could be checked and are none.
    private static func pits(_ results: [CellResult]) -> String {
        let pits = results.reduce(0) { $0 + $1.pitCount }
        let checked = results.reduce(0) { $0 + $1.checkedPitCount }
        guard checked > 0 else { return "\(pits)" }
        let falseCount = results.reduce(0) { $0 + $1.falsePitCount }
        return "\(pits) (\(percent(Double(falseCount) / Double(checked))))"
    }

    private static func difference(_ found: (value: Double, interval: ClosedRange<Double>?)) -> String {
        guard let interval = found.interval else { return points(found.value) }
        return "\(points(found.value)) (\(points(interval.lowerBound)) to \(points(interval.upperBound)))"
    }

    private static func efficiency(_ found: Estimate) -> String {
        guard let ends = found.ends else { return text(found.value) }
        return "\(text(found.value)) (\(text(ends.lower)) to \(text(ends.upper)))"
    }

    private var seedsText: String {
        let names = seeds.map { "\($0)" }.joined(separator: ", ")
        let here = seeds.count == 1 ? "Seed \(names) alone." : "Seeds \(names)."
        return ([here] + leftOutSeeds.map(Self.leftOut)).joined(separator: " ")
    }

    /// The few cells that keep a seed out are for the reader to run; many are a part of the study that nobody has begun.
    private static func leftOut(_ seed: UInt64, _ lacks: [Point]) -> String {
        let named = lacks.prefix(3).map { "\($0.method) at \($0.size)" }.joined(separator: ", ")
        let rest = lacks.count > 3 ? " and \(lacks.count - 3) more" : ""
        return "Seed \(seed) is left out: it has no result of \(named)\(rest)."
    }

    /// What intervals are, and what they leave out.
    private var intervalText: String {
        let what = "Intervals are the 2.5% and the 97.5% point of 1,000 draws of"
        return seeds.count == 1
            ? "\(what) problems; what another seed, or another base model, would have given is not in them."
            : "\(what) seeds and problems together. With so few seeds they cannot reach beyond the best and the worst seed, so that they cover less than 95% of what further seeds would give; all seeds have one base model, and what another would have given is not in them."
    }

    /// The share over all seeds together; empty where no step was valued.
    private static func spurious(_ results: [CellResult]) -> String {
        let count = results.reduce(0) { $0 + $1.correctStepCount }
        return count == 0 ? "" : percent(Double(results.reduce(0) { $0 + $1.spuriousStepCount }) / Double(count))
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

    static func percent(_ share: Double) -> String { "\(digits(share * 100, 1))%" }

    private static func points(_ difference: Double) -> String {
        (difference < 0 ? "−" : "+") + digits(abs(difference) * 100, 1)
    }

    /// Millions and thousands, with two digits behind the point at most.
    private static func count(_ value: Double) -> String {
        value >= 1e6 ? "\(digits(value / 1e6, 2)) M" : value >= 1e3 ? "\(digits(value / 1e3, 0)) k" : digits(value, 0)
    }

    private static func digits(_ value: Double, _ places: Int) -> String { String(format: "%.\(places)f", value) }
}
