import Basics
import Mathematics

/// A table and a request in English for a column that is derived from it.
public struct FormulaQuestion: Hashable, Sendable {
    /// The table.
    public let table: FormulaTable
    /// What is asked for.
    public let request: String

    /// Puts a question together.
    public init(table: FormulaTable, request: String) {
        self.table = table
        self.request = request
    }

    /// Reads a question as `text` writes it; nil if it is none.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count <= 16_384 else { return nil }
        let parts = text.split(separator: " | ", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let table = FormulaTable(parts[0]) else { return nil }
        self.init(table: table, request: String(parts[1]))
    }

    /// The question in one line, `price,city: 4,Oslo; 7,Rome | Take twice the price.`
    public var text: String { "\(table.text) | \(request)" }

    /// Tables of further rows, a function of the question alone, that tell formulas apart which agree on the table by accident:
    /// several tables, because an aggregate has one value in each.
    ///
    /// A number is one of its column, or near a number of the request, so that `>` and `>=` part, or any with up to one digit
    /// more or fewer than its column has. A text is one of its column, or of those in quotation marks in the request, or
    /// another.
    var hidden: [FormulaTable] {
        var generator = SeededGenerator(seed: 0, name: "formula/hidden/\(text)")
        let stated = request.split { !($0.isASCII && $0.isNumber) }.compactMap { Int($0) }.filter {
            $0 <= 1_000_000_000
        }
        let quoted = request.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 1 && !$0.element.isEmpty }.map { String($0.element) }
        let columns = table.columns.indices.map { place in
            HiddenColumn(known: table.column(place), stated: stated, quoted: quoted)
        }
        return (0..<Self.hiddenTableCount).map { _ in
            FormulaTable(
                columns: table.columns,
                rows: (0..<Self.hiddenRowCount).map { _ in columns.map { $0.draw(&generator) } })
        }
    }

    private static let hiddenTableCount = 5
    private static let hiddenRowCount = 12
}

/// What hidden values of a column are drawn from.
private struct HiddenColumn {
    let known: [FormulaValue]
    let stated: [Int]
    let quoted: [String]
    /// The least and the greatest integer of the column; nil for one of texts, or of numbers that are too large.
    let bounds: ClosedRange<Int>?

    init(known: [FormulaValue], stated: [Int], quoted: [String]) {
        (self.known, self.stated, self.quoted) = (known, stated, quoted)
        let numbers = known.compactMap { if case .number(let number) = $0 { number.machineInteger } else { nil } }
        bounds = numbers.min().flatMap { least in
            numbers.max().flatMap { $0 <= 1_000_000_000 ? least...$0 : nil }
        }
    }

    private static let others = ["Ada", "zebra", "Kiev", "fig", "North", "TAXI", "oak tree", "m"]

    func draw(_ generator: inout SeededGenerator) -> FormulaValue {
        let value = generator.draw(from: known)
        let choice = generator.draw(in: 0...3)
        guard choice > 0 else { return value }
        switch value {
        case .number:
            guard let bounds else { return value }
            // Not below 1, unless the table is: a divisor stays one.
            let least = min(bounds.lowerBound, 1)
            if choice == 1, !stated.isEmpty {
                return .number(Rational(max(least, generator.draw(from: stated) + generator.draw(in: -1...1))))
            }
            let most = generator.draw(from: [bounds.upperBound / 10, 2 * bounds.upperBound, 10 * bounds.upperBound])
            return .number(Rational(generator.draw(in: least...max(least, most))))
        case .text:
            if choice == 1 { return value }
            return .text(generator.draw(from: choice == 2 && !quoted.isEmpty ? quoted : Self.others))
        case .truth: return value
        }
    }
}
