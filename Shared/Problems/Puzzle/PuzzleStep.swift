/// One step of a solved puzzle: two numbers become one.
public struct PuzzleStep: Hashable, Sendable, CustomStringConvertible {
    /// The first number that is used up.
    public let left: Int
    /// What is done.
    public let operation: PuzzleOperation
    /// The second number that is used up.
    public let right: Int
    /// What the step claims to result.
    public let result: Int

    /// The step that does this; nil if the operation has no result.
    init?(_ left: Int, _ operation: PuzzleOperation, _ right: Int) {
        guard let result = operation.result(left, right) else { return nil }
        (self.left, self.operation, self.right, self.result) = (left, operation, right, result)
    }

    /// Reads a line `a op b = c`, with or without blanks between its parts; nil if it is none. Whether c is right is not
    /// checked.
    init?(_ line: ArraySlice<UInt8>) {
        var scanner = LineScanner(line)
        guard let left = scanner.integer(),
            let operation = PuzzleOperation.allCases.first(where: { scanner.take($0.rawValue) }),
            let right = scanner.integer(), scanner.take("="), let result = scanner.integer(), scanner.isAtEnd
        else { return nil }
        (self.left, self.operation, self.right, self.result) = (left, operation, right, result)
    }

    /// The line, `58-51=7`.
    public var description: String { "\(left)\(operation.rawValue)\(right)=\(result)" }
}
