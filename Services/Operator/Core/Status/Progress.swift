import Foundation

/// The learner's line of progress, read back.
struct Progress: Sendable, Equatable {
    /// The stage's name; empty before the learner has said anything.
    var stage = ""
    /// The round, from 0; after the last round it is the number of rounds.
    var round = 0
    var rounds = 0
    /// Updates of the training under way, and how many there will be.
    var update = 0
    var updates = 0
    /// Examples of the last training that were not trained on, for the model's context cannot hold them.
    var tooLong = 0
    /// What tells how the training goes, by name.
    var figures: [(name: String, value: Double)] = []
    /// The line itself.
    let line: String

    /// Reads a line of JSON; what is not there is 0.
    init(_ line: String) {
        self.line = line
        guard let fields = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] else { return }
        stage = fields["stage"] as? String ?? ""
        round = fields["round"] as? Int ?? 0
        rounds = fields["rounds"] as? Int ?? 0
        update = fields["update"] as? Int ?? 0
        updates = fields["updates"] as? Int ?? 0
        tooLong = fields["too_long"] as? Int ?? 0
        // Before the first update of a stage the learner still says those of the stage before.
        guard updates > 0 else { return }
        figures = Self.names.compactMap { key, name in (fields[key] as? NSNumber).map { (name, $0.doubleValue) } }
    }

    /// Whether the learner trains now.
    var isTraining: Bool { updates > 0 && update < updates }

    /// Where the run is, for people; empty before anything is known.
    var text: String {
        guard !stage.isEmpty else { return "" }
        var text = stage
        if rounds > 1 { text += ", round \(min(round + (isTraining ? 0 : 1), rounds)) of \(rounds)" }
        if isTraining { text += ", update \(update) of \(updates)" }
        return text
    }

    /// The line for programs; null before there is one.
    var json: JSONValue {
        guard !stage.isEmpty else { return .null }
        return .object(
            [
                .init("stage", .text(stage)), .init("round", .integer(round)), .init("rounds", .integer(rounds)),
                .init("update", .integer(update)), .init("updates", .integer(updates)),
            ] + (tooLong > 0 ? [.init("too_long", .integer(tooLong))] : [])
                + figures.map { .init($0.name.replacingOccurrences(of: " ", with: "_"), .real($0.value)) })
    }

    /// The learner's names and ours, in the order in which they are shown.
    private static let names = [
        ("token_loss", "loss"), ("pair_accuracy", "pair accuracy"), ("margin", "margin"),
        ("chosen_log_probability", "chosen"), ("rejected_log_probability", "rejected"), ("kl_chosen", "KL"),
        ("mean_advantage", "advantage"), ("clipped", "clipped"), ("kl_sampled", "move"),
    ]

    static func == (left: Progress, right: Progress) -> Bool { left.line == right.line }
}
