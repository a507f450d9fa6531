import Foundation
public import Wire

/// The state of a run, for people and for programs.
public struct StatusReport: Sendable {
    private let status: Status

    /// Reports a status.
    public init(_ status: Status) {
        self.status = status
    }

    /// For programs: one JSON object with the fields of `Status`, `progress` unpacked, and what everybody waits for.
    public var json: JSONValue {
        guard case .object(let fields) = JSONValue.rendering(status) else { return .null }
        return .object(
            fields.map { field in
                field.name == "progress" ? .init("progress", Progress(status.progress).json) : field
            } + [
                .init(
                    "waits",
                    .list(
                        waits.map {
                            .object([
                                .init("who", .text($0.who)), .init("for", .text($0.what)),
                                .init("milliseconds", .integer($0.milliseconds)),
                            ])
                        }))
            ])
    }

    /// For people, some lines.
    public var text: String {
        var parts = ["run \(status.run)", status.state]
        let progress = Progress(status.progress)
        if status.state == "running", !progress.text.isEmpty { parts.append(progress.text) }
        parts.append(
            "policy v\(status.policyVersion)"
                + (status.policyLag > 0 ? ", sampled from \(status.policyLag) behind" : ""))
        parts.append("\(status.rollouts) rollouts")
        if status.problemsInFlight > 0 { parts.append("\(status.problemsInFlight) problems in flight") }
        if status.wantedSamplers > 0 { parts.append("\(status.wantedSamplers) samplers wanted") }
        var lines = [parts.joined(separator: " · ")]
        lines += status.notices.map { "! \($0)" }
        lines += services + queues
        let waits = waits
        if !waits.isEmpty {
            lines += ["", "waits"] + waits.map { "  \($0.who) waits for \($0.what)\(seconds($0.milliseconds))" }
        }
        if !status.deadLetters.isEmpty {
            lines += ["", "dead letters (`eightfold requeue ID` tries one again)"]
            lines += status.deadLetters.map { "  \($0.item) of \($0.queue), \($0.attempts) attempts: \($0.reason)" }
        }
        if !gradingErrors.isEmpty {
            lines += ["", "gradings that failed since the hub's start: " + gradingErrors.joined(separator: ", ")]
        }
        let refused = status.counters.filter {
            $0.name.hasPrefix("refused.") || $0.name == "sessions.lost" || $0.name == "leases.lost"
        }
        if !refused.isEmpty {
            lines += ["", "since the hub's start: " + refused.map { "\($0.value) \($0.name)" }.joined(separator: ", ")]
        }
        return lines.joined(separator: "\n")
    }

    /// How many gradings failed by kind, of training and evaluations together; none of them is a reward.
    private var gradingErrors: [String] {
        var counts: [String: UInt64] = [:]
        for counter in status.counters {
            for prefix in ["graded.error.", "evaluated.error."] where counter.name.hasPrefix(prefix) {
                counts[String(counter.name.dropFirst(prefix.count)), default: 0] += counter.value
            }
        }
        return counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
    }

    private var services: [String] {
        // An operator does no work, and one of them is who asks.
        let workers = status.workers.filter { $0.role != .operator }
        guard !workers.isEmpty else { return [] }
        let rows = workers.map { worker in
            // In floating point, since a worker may say any number.
            let (up, waited) = (Double(worker.upMilliseconds), Double(worker.waitedMilliseconds))
            return [
                worker.name, "\(worker.role)", worker.host, "\(worker.processID)", "\(worker.leases)",
                "\(worker.credit)",
                "\(worker.silentMilliseconds) ms ago",
                up > 0 ? (waited * 100 / up).whole + "%" : "",
                worker.tokens > 0 ? "\(worker.tokens)" : "",
                // Of the time in which it had work.
                worker.tokens > 0 && up > waited ? (Double(worker.tokens) * 1_000 / (up - waited)).whole : "",
            ]
        }
        let head = [
            "service", "role", "host", "process", "leases", "credit", "heard", "waited", "tokens", "tokens/s",
        ]
        return [""] + Self.table(head, rows)
    }

    private var queues: [String] {
        guard !status.queues.isEmpty else { return [] }
        let rows = status.queues.map { [$0.queue, "\($0.ready)", "\($0.leased)", "\($0.done)", "\($0.dead)"] }
        return [""] + Self.table(["queue", "ready", "leased", "done", "dead"], rows)
    }

    /// Who waits for whom, and for how long as far as they say: what workers say, and those whose credit nothing is there
    /// for.
    var waits: [(who: String, what: String, milliseconds: Int)] {
        status.workers.compactMap { worker in
            if !worker.waitingFor.isEmpty { return (worker.name, worker.waitingFor, worker.waitingMilliseconds) }
            guard worker.leases == 0, worker.credit > 0, let source = Self.sources[worker.role] else { return nil }
            return (worker.name, source, 0)
        }
    }

    /// What each role leases, and from whom it comes.
    private static let sources: [Role: String] = [
        .generator: "orders of the learner", .sampler: "requests of the generator and the advantage service",
        .verifier: "rollouts of a sampler", .advantage: "groups of the verifier",
    ]

    private func seconds(_ milliseconds: Int) -> String { milliseconds > 0 ? " (\(milliseconds / 1_000) s)" : "" }

    /// Columns as wide as their longest entry.
    static func table(_ head: [String], _ rows: [[String]]) -> [String] {
        let widths = head.indices.map { column in ([head] + rows).map { $0[column].count }.max() ?? 0 }
        return ([head] + rows).map { row in
            let line = zip(row, widths).map { $0.padded($1 + 2) }.joined()
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
    }
}
