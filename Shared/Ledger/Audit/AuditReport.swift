import Foundation

/// What an audit of a ledger found.
public struct AuditReport: Sendable, Equatable {
    /// The run's id; empty if the ledger names none.
    public internal(set) var run = ""
    /// `running` or `finished`.
    public internal(set) var state = ""
    /// The checks that were made, in their order.
    public internal(set) var checks: [String] = []
    /// How much there is of what, by name.
    public internal(set) var counts: [(name: String, count: Int)] = []
    /// What has not ended yet, in sentences. None of it is a fault.
    public internal(set) var open: [String] = []
    /// The contradictions.
    public internal(set) var findings: [AuditFinding] = []

    /// Whether nothing contradicts anything.
    public var isClean: Bool { findings.isEmpty }

    /// How much there is of something; 0 for a name that is not counted.
    public func count(of name: String) -> Int { counts.first { $0.name == name }?.count ?? 0 }

    /// For people, line by line.
    public var text: String {
        var lines = ["run \(run), \(state)"]
        lines += counts.map { "  \($0.name): \($0.count)" }
        lines += open.map { "  open: \($0)" }
        lines += findings.flatMap { finding in
            ["  FAULT (\(finding.check)): \(finding.sentence)"]
                + (finding.ids.isEmpty ? [] : ["    " + finding.ids.joined(separator: " ")])
        }
        lines.append(
            isClean
                ? "clean: \(checks.joined(separator: ", "))" : "not clean: \(findings.count) contradictions")
        return lines.joined(separator: "\n")
    }

    /// For programs: one JSON object.
    public var json: String {
        let object: [String: Any] = [
            "run": run, "state": state, "clean": isClean, "checks": checks, "open": open,
            "counts": Dictionary(uniqueKeysWithValues: counts.map { ($0.name, $0.count) }),
            "findings": findings.map { ["check": $0.check, "sentence": $0.sentence, "ids": $0.ids] as [String: Any] },
        ]
        guard let data = try? JSONSerialization.data(withJSONObject: object, options: [.sortedKeys]) else {
            preconditionFailure("Strings, numbers and lists of them are always JSON: \(object)")
        }
        return String(decoding: data, as: UTF8.self)
    }

    /// Compares all but nothing: two reports are the same if they say the same.
    public static func == (left: AuditReport, right: AuditReport) -> Bool { left.json == right.json }
}
