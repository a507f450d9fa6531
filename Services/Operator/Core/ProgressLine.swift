public import Wire
import Foundation

/// What `eightfold run` shows while a run goes on.
public struct ProgressLine: Sendable {
    private var before: (status: Status, at: ContinuousClock.Instant)?

    /// Starts without a rate.
    public init() {}

    /// A line about the run's status now.
    public mutating func line(_ status: Status, _ children: [Supervisor.ChildStatus], at now: ContinuousClock.Instant) -> String {
        let fields = (try? JSONSerialization.jsonObject(with: Data(status.progress.utf8)) as? [String: Any]) ?? [:]
        var parts = ["\(fields["stage"] ?? "starting")"]
        if let round = fields["round"] as? Int, let rounds = fields["rounds"] as? Int, rounds > 1 {
            parts.append("round \(min(round + 1, rounds))/\(rounds)")
        }
        if let update = fields["update"] as? Int, let updates = fields["updates"] as? Int, updates > 0 {
            parts.append("update \(update)/\(updates)")
        }
        for (key, name) in Self.figures {
            if let value = fields[key] as? Double { parts.append("\(name) \((value * 1_000).rounded() / 1_000)") }
        }
        parts.append("policy v\(status.policyVersion)")
        if let before {
            let seconds = max(0.001, Double((now - before.at).components.attoseconds) / 1e18 + Double((now - before.at).components.seconds))
            let rollouts = Double(status.rollouts) - Double(before.status.rollouts)
            let tokens = Double(total(status)) - Double(total(before.status))
            parts.append("\(Int(max(0, rollouts) / seconds)) rollouts/s, \(Int(max(0, tokens) / seconds)) tokens/s")
        }
        parts.append("\(status.problemsInFlight) problems in flight")
        let dead = status.queues.reduce(0) { $0 + $1.dead }
        if dead > 0 { parts.append("\(dead) dead letters") }
        let restarted = children.filter { $0.startCount > 1 }.map { "\($0.name) started \($0.startCount) times" }
        parts += restarted + status.notices
        before = (status, now)
        return parts.joined(separator: " · ")
    }

    /// What tells whether training goes well, in the order of the line.
    private static let figures = [
        ("token_loss", "loss"), ("pair_accuracy", "pair accuracy"), ("margin", "margin"),
        ("chosen_log_probability", "chosen"), ("rejected_log_probability", "rejected"), ("kl_chosen", "KL"),
    ]

    private func total(_ status: Status) -> UInt64 { status.workers.reduce(0) { $0 + $1.tokens } }
}
