import Recipe

/// What `HubBench` measured.
public struct HubBenchReport: Sendable {
    /// One repetition.
    struct Repetition: Sendable {
        let completionsPerSecond: Double
        let messagesPerSecond: Double
        /// The hub's processor time for each completion; nil where the system does not tell.
        let hubMicroseconds: Double?
    }

    /// One durability with one number of samplers.
    struct Result: Sendable {
        let durability: Durability
        let samplers: Int
        let capacity: Int
        let repetitions: [Repetition]

        var completions: Spread { Spread(repetitions.map(\.completionsPerSecond)) }
        var messages: Spread { Spread(repetitions.map(\.messagesPerSecond)) }
        var hubMicroseconds: Spread? {
            let known = repetitions.compactMap(\.hubMicroseconds)
            return known.isEmpty ? nil : Spread(known)
        }
    }

    let plan: HubBench.Plan
    let itemsPerRepetition: Int
    let syncsPerSecond: Double
    var results: [Result] = []

    /// The figures as a table.
    public var text: String {
        var lines = [
            "Completions of \(HubBench.messageBytes) bytes, each a request leased and a rollout enqueued; messages both ways;",
            "median (smallest to largest) of \(plan.repetitions) repetitions of \(itemsPerRepetition) items.",
            "This disk makes \(syncsPerSecond.whole) synced writes of a page a second.", "",
            "durability     samplers  each holds  completions/s            messages/s               hub's CPU, µs each",
        ]
        for result in results {
            lines.append(
                "\(result.durability.rawValue)".padded(15) + "\(result.samplers)".padded(10)
                    + "\(result.capacity)".padded(12) + result.completions.text.padded(25)
                    + result.messages.text.padded(25) + (result.hubMicroseconds?.text ?? "unknown"))
        }
        return lines.joined(separator: "\n")
    }

    /// The figures for programs.
    public var json: JSONValue {
        .object([
            .init("bench", .text("hub")), .init("message_bytes", .integer(HubBench.messageBytes)),
            .init("items_per_repetition", .integer(itemsPerRepetition)),
            .init("repetitions", .integer(plan.repetitions)),
            .init("disk_syncs_per_second", .real(syncsPerSecond)),
            .init(
                "results",
                .list(
                    results.map { result in
                        .object([
                            .init("durability", .text(result.durability.rawValue)),
                            .init("samplers", .integer(result.samplers)),
                            .init("each_holds", .integer(result.capacity)),
                            .init("completions_per_second", result.completions.json),
                            .init("messages_per_second", result.messages.json),
                            .init("hub_cpu_microseconds_per_completion", result.hubMicroseconds?.json ?? .null),
                        ])
                    })),
        ])
    }
}
