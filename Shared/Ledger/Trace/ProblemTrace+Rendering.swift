import Foundation

extension ProblemTrace {
    /// For programs: one JSON object.
    public var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        // JSON has no infinity, and a log-probability may be one.
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        guard let data = try? encoder.encode(self) else {
            preconditionFailure("A trace of strings and numbers is always JSON: \(self)")
        }
        return String(decoding: data, as: UTF8.self)
    }

    /// For people, line by line, in the order of time.
    public var text: String {
        var lines = ["problem \(problem) (\(purpose), stage \(stage), round \(round), order \(order))"]
        lines += indented(question, by: 2)
        lines.append("  reference answer: \(referenceAnswer)")
        if !referenceSolution.isEmpty { lines += indented(referenceSolution, by: 4) }
        for ancestor in ancestry { lines.append("  evolved from \(ancestor.key), by \(ancestor.strategy)") }
        for item in items { lines += item.lines }
        lines.append(outcome?.text ?? "outcome: none yet")
        return lines.joined(separator: "\n")
    }
}

extension ProblemTrace.Item {
    fileprivate var lines: [String] {
        var lines = ["\(queue) \(id) (\(state))"]
        if let request {
            let version = request.policyVersion.map { "v\($0)" } ?? "the latest version"
            let prefix =
                request.prefixRollout.isEmpty ? "" : " after step \(request.prefixSteps) of \(request.prefixRollout)"
            lines.append("  asks for \(request.rollouts) rollouts by \(version)\(prefix)")
        }
        if isDropped { lines.append("  its body was dropped when its stage was closed (hub.keep_payloads: false)") }
        if let rollout {
            lines.append(
                "  v\(rollout.policyVersion), \(rollout.tokens) tokens, log-probability \(rollout.logProbability)")
            lines += rollout.steps.enumerated().map { "    \($0.offset + 1) | \($0.element)" }
        }
        if rollout != nil || verdict != nil {
            let grade = [verdict?.grade ?? "not graded yet", verdict?.answer ?? "", verdict?.reason ?? ""]
            lines.append("  verdict: " + grade.filter { !$0.isEmpty }.joined(separator: ", "))
            if let step = verdict?.wrongStep, step > 0 {
                lines.append("  the arithmetic of step \(step) does not hold")
            }
            if let panel = verdict?.panel, !panel.isEmpty { lines.append("  panel: \(panel.joined(separator: ", "))") }
        }
        if let turn {
            lines.append("  turn \(turn.turn) with \(turn.members.count) rollouts")
            lines += turn.searches.map { $0.text }
        }
        if let experience {
            let fate =
                experience.checkpoint.map { "checkpoint \($0), position \(experience.position ?? 0)" }
                ?? "not consumed yet"
            lines.append("  \(experience.kind): \(fate)" + (experience.published.map { ", published as v\($0)" } ?? ""))
        }
        return lines + leases.map { $0.text }
    }
}

extension ProblemTrace.Search {
    fileprivate var text: String {
        let exact = exactPit.map { ["exact first pit: step \($0)"] } ?? []
        let steps = trials.indices.filter { exactPit == nil || trials[$0] > 0 }.map { step in
            let value = values[step].map { " Q \(($0 * 100).rounded() / 100)" } ?? ""
            return "step \(step + 1): \(successes[step])/\(trials[step])\(value)"
        }
        let waiting = asked > 0 ? ["\(asked) asked"] : []
        return "    search of \(rollout): " + (exact + steps + waiting).joined(separator: "; ")
    }
}

extension ProblemTrace.Lease {
    fileprivate var text: String {
        let took = endedAt.map { "\(end) after \($0 - grantedAt) ms" } ?? "live"
        return "  lease \(id): \(worker) on \(host), at \(grantedAt) ms, \(took)"
            + (reason.isEmpty ? "" : ": \(reason)")
    }
}

extension ProblemTrace.Outcome {
    fileprivate var text: String {
        var parts = ["\(experience) experience", "\(correct) correct", "\(incorrect) incorrect"]
        if pits > 0 { parts.append("\(pits) pits") }
        if continuations > 0 { parts.append("\(continuations) continuations") }
        return "outcome: \(end): " + parts.joined(separator: ", ") + (reason.isEmpty ? "" : "; \(reason)")
    }
}

private func indented(_ text: String, by count: Int) -> [String] {
    text.split(separator: "\n").map { String(repeating: " ", count: count) + $0 }
}
