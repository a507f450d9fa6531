extension StudyReport {
    /// A table of what else is known of the policies that count: other problems, first steps, several rollouts; empty if nothing is.
    var evaluationLines: [String] {
        let splits = [
            ("train", "held-out"), ("taught", "taught"), ("range-shift", "range-shift"), ("form-shift", "form-shift"),
        ]
        var columns = splits.map { split, title in
            Column(title: title) { row in
                row.elsewhere[split].map { found in
                    found.interval.map {
                        "\(Self.percent(found.value)) (\(Self.percent($0.lowerBound)) to \(Self.percent($0.upperBound)))"
                    }
                        ?? Self.percent(found.value)
                }
            }
        }
        columns.append(Column(title: "first step as the reference's", text: Self.firstStep))
        columns.append(Column(title: "lost at step 1, 2, …", text: Self.lost))
        columns.append(Column(title: "no answer", text: Self.noAnswer))
        columns.append(Column(title: "pass@k", text: Self.passAtK))
        columns = columns.filter { column in rows.contains { column.text($0) != nil } }
        guard !columns.isEmpty else { return [] }
        let head = ["method", "problems"] + columns.map(\.title)
        return [
            "", "| \(head.joined(separator: " | ")) |",
            "| --- | ---: |" + String(repeating: " --- |", count: columns.count),
        ]
            + rows.map { row in
                let cells = [row.method, "\(row.size)"] + columns.map { $0.text(row) ?? "" }
                return "| \(cells.joined(separator: " | ")) |"
            }
    }

    /// What the table says of each row; nil where it was not measured.
    private struct Column {
        let title: String
        let text: (Row) -> String?
    }

    /// Of the evaluation that the row's error is of, a mean over seeds; nil where exact values say more, as problems with many solutions
    /// have: there another first step may be as right.
    private static func firstStep(_ row: Row) -> String? {
        let found = row.results.compactMap { $0.evaluation(on: "test") }
        guard found.allSatisfy(\.firstPitCounts.isEmpty) else { return nil }
        let shares = found.map { Double($0.referenceFirstStepCount) / Double(max(1, $0.problemCount)) }
        return shares.isEmpty || shares.allSatisfy { $0 == 0 }
            ? nil : percent(shares.reduce(0, +) / Double(shares.count))
    }

    /// The share of the same evaluation's first rollouts that have no answer to be read, a mean over seeds; nil where a seed does not tell.
    private static func noAnswer(_ row: Row) -> String? {
        let found = row.results.compactMap { $0.evaluation(on: "test") }
        let shares = found.compactMap { evaluation in
            evaluation.noAnswerCount.map { Double($0) / Double(max(1, evaluation.problemCount)) }
        }
        return shares.isEmpty || shares.count < found.count
            ? nil : percent(shares.reduce(0, +) / Double(shares.count))
    }

    /// The shares of the same evaluation's problems whose first pit is at each step, over all seeds together; nil without exact values.
    private static func lost(_ row: Row) -> String? {
        let found = row.results.compactMap { $0.evaluation(on: "test") }
        let steps = found.map(\.firstPitCounts.count).max() ?? 0
        let problemCount = found.reduce(0) { $0 + $1.problemCount }
        guard steps > 0 else { return nil }
        return (0..<steps).map { step in
            let count = found.reduce(0) {
                $0 + ($1.firstPitCounts.indices.contains(step) ? $1.firstPitCounts[step] : 0)
            }
            return percent(Double(count) / Double(problemCount))
        }.joined(separator: ", ")
    }

    /// Of the first evaluation of test problems with several rollouts, a mean over the seeds that have it.
    private static func passAtK(_ row: Row) -> String? {
        let found = row.results.compactMap { result in
            result.evaluations.first {
                $0.split == "test" && $0.policyVersion == result.keptPolicyVersion && !$0.passAtK.isEmpty
            }?.passAtK
        }
        let ks = found.dropFirst().reduce(Set(found.first?.keys.map(\.self) ?? [])) { $0.intersection($1.keys) }
        guard !ks.isEmpty else { return nil }
        return ks.sorted().map { k in
            let values = found.compactMap { $0[k] }
            return "\(k): \(percent(values.reduce(0, +) / Double(values.count)))"
        }.joined(separator: ", ")
    }
}
