public import Problems

/// What a sample of problems is like: how hard, how often the same, and whether other splits have them too.
public struct ProblemStatistics: Sendable, Equatable {
    /// How many problems were looked at.
    public let count: Int
    /// How many there are of each level, the easiest first.
    public let levels: [(level: String, count: Int)]
    /// Questions that came before in the sample.
    public let duplicates: Int
    /// Mean bytes of a question.
    public let questionBytes: Double
    /// Mean bytes of a reference solution; nil where none is known.
    public let solutionBytes: Double?
    /// Problems that were evolved, by the strategy that made them last.
    public let strategies: [(strategy: String, count: Int)]
    /// Of so many problems of each other split or source, those whose question is in the sample too.
    public let overlaps: [(name: String, count: Int, shared: Int)]

    /// Looks at problems.
    ///
    /// - Parameter others: problems of other splits or sources, by name.
    public init(_ problems: [Problem], against others: [(name: String, problems: [Problem])] = []) {
        count = problems.count
        levels = Self.counted(problems.map(\.level)) { Self.order($0) < Self.order($1) }
        strategies = Self.counted(problems.compactMap(\.ancestry.last?.strategy), by: <)
        let questions = Set(problems.map(\.question))
        duplicates = problems.count - questions.count
        questionBytes = Self.mean(problems.map(\.question.utf8.count)) ?? 0
        solutionBytes = Self.mean(problems.compactMap(\.referenceSolution?.utf8.count))
        overlaps = others.map { other in
            (other.name, other.problems.count, other.problems.count { questions.contains($0.question) })
        }
    }

    /// For people, a line for each figure.
    public var text: String {
        var lines = ["problems    \(count)"]
        lines += levels.map { "  \($0.level.padded(10))\("\($0.count)".padded(8))\(percent(share($0.count)))" }
        lines.append("duplicates  \(duplicates) questions came before (\(percent(share(duplicates))))")
        lines += overlaps.map { "overlap     \($0.shared) of \($0.count) questions of \($0.name) are among them" }
        lines += strategies.map { "evolved     \($0.count) by \($0.strategy)" }
        lines.append(
            "bytes       \(Int(questionBytes.rounded())) a question"
                + (solutionBytes.map { ", \(Int($0.rounded())) a solution" } ?? ""))
        return lines.joined(separator: "\n")
    }

    /// For programs, one object.
    public var json: JSONValue {
        .object([
            .init("problems", .integer(count)),
            .init("levels", .object(levels.map { .init($0.level, .integer($0.count)) })),
            .init("duplicates", .integer(duplicates)),
            .init(
                "overlaps",
                .object(
                    overlaps.map {
                        .init(
                            $0.name,
                            .object([.init("problems", .integer($0.count)), .init("shared", .integer($0.shared))]))
                    })),
            .init("evolved", .object(strategies.map { .init($0.strategy, .integer($0.count)) })),
            .init("question_bytes", .real(questionBytes)),
            .init("solution_bytes", solutionBytes.map(JSONValue.real) ?? .null),
        ])
    }

    /// Whether all figures are the same.
    public static func == (left: Self, right: Self) -> Bool { left.json == right.json }

    private func share(_ part: Int) -> Double { count == 0 ? 0 : Double(part) / Double(count) }

    private static func counted<Name: Hashable>(
        _ names: [Name], by isBefore: (Name, Name) -> Bool
    ) -> [(Name, Int)] {
        Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +).sorted { isBefore($0.key, $1.key) }
            .map { ($0.key, $0.value) }
    }

    /// The number that a level begins with.
    private static func order(_ level: String) -> Int { Int(level.prefix { $0.isNumber }) ?? .max }

    private static func mean(_ values: [Int]) -> Double? {
        values.isEmpty ? nil : Double(values.reduce(0, +)) / Double(values.count)
    }
}
