import Mathematics

/// A small table with named columns.
public struct FormulaTable: Hashable, Sendable {
    /// The names of the columns, each once.
    public let columns: [String]
    /// The rows, each with a value for each column.
    public let rows: [[FormulaValue]]

    /// Puts a table together.
    public init(columns: [String], rows: [[FormulaValue]]) {
        precondition(Set(columns).count == columns.count, "columns \(columns) with a name twice")
        precondition(rows.allSatisfy { $0.count == columns.count }, "rows of other lengths than \(columns.count)")
        self.columns = columns
        self.rows = rows
    }

    /// Reads a table as `text` writes it; nil if it is none, or has more than 16 columns or 64 rows.
    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let columns = parts[0].split(separator: ",", omittingEmptySubsequences: false).map { String($0) }
        guard columns.count <= 16, columns.allSatisfy({ FormulaToken.isName($0.utf8) }),
            Set(columns).count == columns.count
        else { return nil }
        var rows: [[FormulaValue]] = []
        for line in parts[1].split(separator: ";", omittingEmptySubsequences: false) {
            let cells = line.split(separator: ",", omittingEmptySubsequences: false).map { $0.drop { $0 == " " } }
            guard cells.count == columns.count, cells.allSatisfy({ !$0.isEmpty && $0.utf8.count <= 64 }),
                rows.count < 64
            else { return nil }
            rows.append(cells.map { cell in Rational(decimal: cell).map { .number($0) } ?? .text(String(cell)) })
        }
        self.init(columns: columns, rows: rows)
    }

    /// The table in one line, `price,city: 4,Oslo; 7,Rome`. What can be read as a number is one.
    var text: String {
        let lines = rows.map { row in row.map { "\($0)" }.joined(separator: ",") }
        return "\(columns.joined(separator: ",")): \(lines.joined(separator: "; "))"
    }

    /// The values of the column at a place.
    func column(_ place: Int) -> [FormulaValue] { rows.map { $0[place] } }
}
