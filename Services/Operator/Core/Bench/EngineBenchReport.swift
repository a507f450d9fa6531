import LanguageModel

/// What `EngineBench` measured.
public struct EngineBenchReport: Sendable {
    /// One model.
    struct Result: Sendable {
        let subject: EngineBench.Subject
        /// sgemm's floating-point operations a second, right before the training was measured.
        let productRate: Double
        let training: Spread
        /// Rollouts at once, sgemm's rate right before, and tokens a second.
        var decoding: [(slots: Int, productRate: Double, tokensPerSecond: Spread)] = []
    }

    let plan: EngineBench.Plan
    var results: [Result] = []

    /// Floating-point operations of one token: two a parameter forward, and twice as many again backward. Attention's own
    /// products, which grow with the length of the sequence, are not counted.
    static let perParameter = (training: 6.0, decoding: 2.0)

    /// The figures as a table.
    public var text: String {
        var lines = [
            "Median (smallest to largest) of \(plan.repetitions) repetitions on \(plan.threadCount) threads, \(Numerics.name(.fp32)).",
            "The share is \(Self.perParameter.training.whole) (training) or \(Self.perParameter.decoding.whole) (decoding) "
                + "operations a parameter and token, of those that sgemm made right before.", "",
            "model                     what            tokens/s                    GFLOP/s   sgemm's   share",
        ]
        for result in results {
            for line in rows(of: result) {
                lines.append(
                    result.subject.name.padded(26) + line.what.padded(16) + line.tokensPerSecond.text.padded(28)
                        + (line.operations / 1e9).whole.padded(10) + (line.productRate / 1e9).whole.padded(10)
                        + percent(line.operations / line.productRate))
            }
        }
        return lines.joined(separator: "\n")
    }

    /// The figures for programs.
    public var json: JSONValue {
        .object([
            .init("bench", .text("engine")), .init("threads", .integer(plan.threadCount)),
            .init("numerics", .text(Numerics.name(.fp32))), .init("repetitions", .integer(plan.repetitions)),
            .init("operations_per_parameter_training", .real(Self.perParameter.training)),
            .init("operations_per_parameter_decoding", .real(Self.perParameter.decoding)),
            .init(
                "results",
                .list(
                    results.map { result in
                        .object([
                            .init("model", .text(result.subject.name)),
                            .init("parameters", .integer(result.subject.shape.parameterCount)),
                            .init("measured", .list(rows(of: result).map(\.json))),
                        ])
                    })),
        ])
    }

    /// One line of the table.
    private struct Row {
        let what: String
        let slots: Int?
        let tokensPerSecond: Spread
        let operations: Double
        let productRate: Double

        var json: JSONValue {
            .object([
                .init("what", .text(slots == nil ? "training" : "decoding")),
                .init("sequences_at_once", slots.map { .integer($0) } ?? .null),
                .init("tokens_per_second", tokensPerSecond.json), .init("operations_per_second", .real(operations)),
                .init("sgemm_operations_per_second", .real(productRate)),
                .init("share_of_sgemm", .real(operations / productRate)),
            ])
        }
    }

    private func rows(of result: Result) -> [Row] {
        let parameters = Double(result.subject.shape.parameterCount)
        let training = Row(
            what: "training", slots: nil, tokensPerSecond: result.training,
            operations: result.training.median * parameters * Self.perParameter.training,
            productRate: result.productRate)
        return [training]
            + result.decoding.map { decoding in
                Row(
                    what: "decoding \(decoding.slots)", slots: decoding.slots,
                    tokensPerSecond: decoding.tokensPerSecond,
                    operations: decoding.tokensPerSecond.median * parameters * Self.perParameter.decoding,
                    productRate: decoding.productRate)
            }
    }
}
