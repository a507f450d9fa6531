/// The calculation of one relation, `48/4*3`, worked from left to right.
struct WordCalculation {
    enum Operation: Character {
        case add = "+"
        case subtract = "-"
        case multiply = "*"
        case divide = "/"
    }

    let first: Int
    let rest: [(operation: Operation, operand: Int)]

    init(_ first: Int, _ rest: [(Operation, Int)]) {
        self.first = first
        self.rest = rest
    }

    /// The result; nil if a division leaves a remainder.
    var result: Int? {
        var value = first
        for (operation, operand) in rest {
            switch operation {
            case .add: value += operand
            case .subtract: value -= operand
            case .multiply: value *= operand
            case .divide:
                guard operand != 0, value % operand == 0 else { return nil }
                value /= operand
            }
        }
        return value
    }

    /// The calculation as text, `48/4*3`.
    var text: String { rest.reduce(into: "\(first)") { $0 += "\($1.operation.rawValue)\($1.operand)" } }

    /// The text that calculations share which differ in the order of their summands or factors only.
    var normalText: String {
        for operation in [Operation.add, .multiply] where rest.allSatisfy({ $0.operation == operation }) {
            return ([first] + rest.map(\.operand)).sorted().map(String.init).joined(separator: "\(operation.rawValue)")
        }
        return text
    }
}
