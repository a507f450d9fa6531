/// How far a derivation of a puzzle has come: the numbers that are left after its steps, each of which was checked.
struct PuzzleDerivation {
    /// The numbers that are left, in no order; at least one.
    private(set) var numbers: [Int]

    init(_ puzzle: Puzzle) { numbers = puzzle.numbers }

    /// Takes one line as the next step. Returns why it does not hold, as a sentence without its subject, and changes nothing
    /// then; nil if it holds.
    mutating func take(_ line: ArraySlice<UInt8>) -> String? {
        guard let step = PuzzleStep(line) else { return "is no step a+b=c, a-b=c, a*b=c or a/b=c" }
        var rest = numbers
        for operand in [step.left, step.right] {
            guard let place = rest.firstIndex(of: operand) else {
                return "uses \(operand), which is not left among \(text(numbers))"
            }
            rest.remove(at: place)
        }
        guard let result = step.operation.result(step.left, step.right) else {
            return "has no result: quotients must be integers, and values within ±\(Puzzle.largestValue)"
        }
        guard result == step.result else { return "is wrong: the result is \(result)" }
        numbers = rest + [result]
        return nil
    }

    /// Why the derivation cannot end here with this answer, as a sentence without its subject; nil if it can.
    func fault(ofAnswer answer: Int, target: Int) -> String? {
        guard numbers.count == 1 else { return "leaves \(text(numbers)) unused" }
        guard answer == numbers[0] else { return "states another number than the last result, \(numbers[0])" }
        return answer == target ? nil : "is not the target \(target)"
    }

    private func text(_ numbers: [Int]) -> String {
        let sorted = numbers.sorted().map(String.init)
        return sorted.prefix(12).joined(separator: ", ") + (sorted.count > 12 ? ", …" : "")
    }
}
