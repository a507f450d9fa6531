/// The surrogate `program`: the request as a program in another representation, which another machine executes.
///
/// A program can be executed on any rows, so it must agree with the formula on hidden ones, too.
enum AlternativeProgram: SurrogateTask {
    static func prompt(for request: FormulaRequest) -> String {
        """
        A table, its columns before the colon and its rows after it: \(request.question.table.text)
        A request for a new column: \(request.question.request)
        Write a program in one line that computes it for one row. It has words with blanks between them. $name puts a column on \
        a stack, sum$name and mean$name the sum and the mean of that column over all rows, 12 or 0.5 a number, "word" a text, and \
        \(StackProgram.Operation.allCases.map(\.rawValue).joined(separator: ", ")) take their operands off the stack in the order \
        in which they were put there: $price 2 sub is the price less 2, and condition yes no pick is yes where the condition holds. At \
        the end the stack holds the result alone.
        """
    }

    static func ruleAnswer(for request: FormulaRequest) -> String? { RequestReader.program(for: request.question) }

    static func reasonToDrop(_ request: FormulaRequest, for answer: Substring) -> DropReason? {
        guard let program = StackProgram(answer) else { return .unreadable }
        for table in [request.question.table] + request.question.hidden {
            guard let outcomes = program.outcomes(over: table) else { return .unreadable }
            guard let wanted = try? FormulaSheet(table).outcomes(of: request.formula), outcomes == wanted else {
                return .outputs
            }
        }
        return nil
    }
}
