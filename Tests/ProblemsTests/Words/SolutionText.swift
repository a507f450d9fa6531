/// The steps of a reference solution, read and recomputed without any of what made them.
struct SolutionText {
    /// The calculations, `12+5=17`, without what is said before them.
    let calculations: [String]
    /// Of each calculation what it comes to; nil if that is not what it says, or if it leaves a remainder on the way.
    let results: [Int?]
    /// What the last line says.
    let answer: Int?

    init(_ solution: String) {
        let lines = solution.split(separator: "\n", omittingEmptySubsequences: false)
        answer = lines.last.flatMap { $0.hasPrefix("#### ") ? Int($0.dropFirst(5)) : nil }
        calculations = lines.dropLast().map { line in
            String(line.split(separator: ", so ", omittingEmptySubsequences: false).last ?? "")
        }
        results = calculations.map(Self.result)
    }

    /// Works out a text of numbers and `+-*/`, from left to right, as no text mixes sums with products.
    private static func result(_ calculation: String) -> Int? {
        let sides = calculation.split(separator: "=", omittingEmptySubsequences: false)
        guard sides.count == 2, let stated = Int(sides[1]) else { return nil }
        let numbers = sides[0].split { "+-*/".contains($0) }.compactMap { Int($0) }
        let operators = sides[0].filter { !$0.isNumber }
        let isOneKind = operators.allSatisfy { "+-".contains($0) } || operators.allSatisfy { "*/".contains($0) }
        guard isOneKind, numbers.count == operators.count + 1, !operators.isEmpty else { return nil }
        var value = numbers[0]
        for (symbol, number) in zip(operators, numbers.dropFirst()) {
            switch symbol {
            case "+": value += number
            case "-": value -= number
            case "*": value *= number
            default:
                guard value % number == 0 else { return nil }
                value /= number
            }
        }
        return value == stated ? value : nil
    }
}
