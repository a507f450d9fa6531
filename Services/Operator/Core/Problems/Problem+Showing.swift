public import Problems

extension Problem {
    /// For people: the question, the solution a line each, and what it was evolved from.
    public var shown: String {
        var lines = [question]
        if let referenceSolution {
            lines += referenceSolution.split(separator: "\n").map { "    \($0)" }
        } else {
            lines.append("    #### \(referenceAnswer)")
        }
        lines += ancestry.map { "    from \($0.key), by \($0.strategy)" }
        return lines.joined(separator: "\n")
    }

    /// A line of a data set, with the level and the ancestry besides.
    public var json: JSONValue {
        .object(
            [
                .init("question", .text(question)),
                .init("answer", .text(referenceSolution ?? "#### \(referenceAnswer)")),
                .init("level", .text(level)),
            ]
                + (ancestry.isEmpty
                    ? []
                    : [
                        .init(
                            "ancestry",
                            .list(
                                ancestry.map {
                                    .object([.init("key", .text($0.key)), .init("strategy", .text($0.strategy))])
                                }))
                    ]))
    }
}
