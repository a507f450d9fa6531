/// Where a value of a recipe was written.
public struct RecipePlace: Sendable, Equatable, CustomStringConvertible {
    /// The file as it was named, or the `--set` option in full.
    public let source: String

    /// The line in the file, from 1; nil for an option, and for a fault of the file as a whole.
    public let line: Int?

    /// The column in the file, from 1, in Unicode scalars; nil where `line` is.
    public let column: Int?

    init(source: String, line: Int? = nil, column: Int? = nil) {
        self.source = source
        self.line = line
        self.column = column
    }

    /// `file:line:column`, as far as they are known.
    public var description: String {
        guard let line, let column else { return source }
        return "\(source):\(line):\(column)"
    }
}
