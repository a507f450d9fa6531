import GRDB

/// One thing that an audit proves.
struct AuditCheck: Sendable {
    /// A short word for it.
    let name: String
    /// Finds what contradicts it.
    let find: @Sendable (AuditSource) throws -> [AuditFinding]

    /// The most contradictions that one query names.
    static let mostFindings = 100

    init(_ name: String, _ find: @escaping @Sendable (AuditSource) throws -> [AuditFinding]) {
        self.name = name
        self.find = find
    }

    /// Runs queries that find contradictions: each row is one, and its first column names what it is about.
    init(_ name: String, _ queries: [(rule: String, sql: String)]) {
        self.init(name) { source in
            try queries.flatMap { rule, sql in
                try Row.fetchAll(source.db, sql: "SELECT * FROM (\(sql)) LIMIT \(Self.mostFindings)").map { row in
                    let details = row.dropFirst().map { "\($0.0) \($0.1)" }.joined(separator: ", ")
                    return AuditFinding(
                        name, rule + (details.isEmpty ? "" : " Here: \(details)."),
                        ["\(row[0] as DatabaseValue)".unquoted])
                }
            }
        }
    }
}

extension String {
    /// Without the quotes that a database value's description has around text.
    fileprivate var unquoted: String { hasPrefix("\"") && hasSuffix("\"") ? String(dropFirst().dropLast()) : self }
}
