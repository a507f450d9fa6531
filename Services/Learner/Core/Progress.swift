import Foundation
import LanguageModel

/// How far the run is, for those who watch.
struct Progress {
    private var stage = ""
    private var round = 0
    private var rounds = 0
    private var update = 0
    private var updates = 0
    private var tooLong = 0
    private var report = TrainingReport()
    private var last: UpdateReport?

    mutating func begin(stage: String, round: Int, of rounds: Int) {
        (self.stage, self.round, self.rounds) = (stage, round, rounds)
        (update, updates) = (0, 0)
    }

    /// - Parameter tooLong: examples of the training that are not trained on, for the model's context cannot hold them.
    mutating func begin(updates: Int, tooLong: Int) {
        (update, self.updates, self.tooLong) = (0, updates, tooLong)
        report = TrainingReport()
    }

    mutating func add(_ report: TrainingReport, _ last: UpdateReport) {
        // Figures are over the last updates, not over the whole round.
        if update % 20 == 0 { self.report = TrainingReport() }
        self.report.add(report)
        self.last = last
        update += 1
    }

    /// An update that nothing was left for.
    mutating func passUpdate() { update += 1 }

    /// Where the run is, for messages.
    var place: String { "stage \(stage), round \(round), update \(update + 1) of \(updates)" }

    /// One line of JSON.
    var json: String {
        var fields: [String: Any] = [
            "stage": stage, "round": round, "rounds": rounds, "update": update, "updates": updates,
        ]
        if tooLong > 0 { fields["too_long"] = tooLong }
        for (name, value) in report.figures where value.isFinite { fields[name] = (value * 1e5).rounded() / 1e5 }
        if let last {
            fields["learning_rate"] = Double(last.learningRate)
            fields["gradient_norm"] = (Double(last.gradientNorm) * 1e4).rounded() / 1e4
        }
        let data = try? JSONSerialization.data(withJSONObject: fields, options: [.sortedKeys])
        return data.map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}
