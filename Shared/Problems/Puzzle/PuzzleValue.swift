/// The exact value of what is left of a puzzle, by search through all that can follow.
///
/// Two values of a prefix are known exactly: whether the target can still be reached, which is what the value under
/// best-of-K of any policy that may write every move tends to as K grows; and the chance that the uniformly random policy
/// reaches it, which in each turn writes one of `PuzzleMoves.all` with equal chance, and at the end the line of marks.
///
/// Searched states are remembered, by the numbers that are left, so one value is for one target and is asked again and again.
///
/// - Source: papers.md sections 1.3, 1.4 (step values) and 3 (that they can be computed).
public struct PuzzleValue {
    /// What must be reached.
    public let target: Int
    private var reachable: [[Int]: Bool] = [:]
    private var chances: [[Int]: Double] = [:]

    /// The most numbers that may be left: a seventh has about ninety first moves, and so would take ninety times as long.
    public static let mostNumbers = 6

    /// Prepares to search for a target.
    public init(target: Int) { self.target = target }

    /// Whether the target can be reached from the numbers that are left.
    ///
    /// - Parameter numbers: at least one, in any order.
    /// - Throws: `ProblemsError` with `tooManyNumbers` beyond `mostNumbers`.
    public mutating func canReach(from numbers: [Int]) throws(ProblemsError) -> Bool {
        try Self.check(numbers)
        return searchReach(numbers.sorted())
    }

    /// The chance that the uniformly random policy reaches the target from the numbers that are left; in 0...1, above 0
    /// exactly if the target can be reached.
    ///
    /// - Parameter numbers: at least one, in any order.
    /// - Throws: `ProblemsError` with `tooManyNumbers` beyond `mostNumbers`.
    public mutating func randomSuccess(from numbers: [Int]) throws(ProblemsError) -> Double {
        try Self.check(numbers)
        return searchChance(numbers.sorted())
    }

    /// The first pit of a solution by exact values: the first step, counted from 1, after which the target cannot be reached
    /// any more, because of what the step makes of the numbers or because it does not hold at all. Nil if there is none, which
    /// means that the solution is correct, or that it stops before its line of marks with the target in reach.
    ///
    /// - Parameter puzzle: has this value's target.
    /// - Throws: `ProblemsError` with `tooManyNumbers` if more than `mostNumbers` are left after the first step.
    public mutating func firstPit(of solution: some StringProtocol, puzzle: Puzzle) throws(ProblemsError) -> Int? {
        precondition(puzzle.target == target, "the target \(puzzle.target) with the values of \(target)")
        let lines = Array(solution.utf8).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        var state = PuzzleDerivation(puzzle)
        for (index, line) in lines.enumerated() {
            if line.starts(with: Derivation.marks) {
                let answer = Derivation(String(decoding: line, as: UTF8.self))?.answer
                let isRight = answer.map { state.fault(ofAnswer: $0, target: target) == nil } ?? false
                return isRight ? nil : index + 1
            }
            // What follows the last newline may be nothing, and is no step then.
            if line.isEmpty, index == lines.count - 1 { return nil }
            if state.take(line) != nil { return index + 1 }
            if try !canReach(from: state.numbers) { return index + 1 }
        }
        return nil
    }

    private static func check(_ numbers: [Int]) throws(ProblemsError) {
        precondition(!numbers.isEmpty, "no numbers are left of a puzzle")
        guard numbers.count > mostNumbers else { return }
        throw ProblemsError(
            .tooManyNumbers,
            "The exact value of a puzzle is searched for at most \(mostNumbers) numbers that are left; got "
                + "\(numbers.count). Make puzzles of fewer numbers, or estimate the value by sampling.")
    }

    private mutating func searchReach(_ numbers: [Int]) -> Bool {
        if numbers.count == 1 { return numbers[0] == target }
        if let known = reachable[numbers] { return known }
        let found = PuzzleMoves.all(from: numbers).contains { move in
            // The other order of a sum or a product leaves the same.
            !(move.operation.isCommutative && move.left > move.right) && searchReach(numbers.after(move))
        }
        // Pairs are searched faster than they are looked up.
        if numbers.count > 2 { reachable[numbers] = found }
        return found
    }

    private mutating func searchChance(_ numbers: [Int]) -> Double {
        if numbers.count == 1 { return numbers[0] == target ? 1 : 0 }
        if let known = chances[numbers] { return known }
        let moves = PuzzleMoves.all(from: numbers)
        var sum = 0.0
        for move in moves { sum += searchChance(numbers.after(move)) }
        let chance = sum / Double(moves.count)
        if numbers.count > 2 { chances[numbers] = chance }
        return chance
    }
}

extension [Int] {
    /// The numbers that are left after a move, in rising order; these are in rising order, too.
    fileprivate func after(_ move: PuzzleStep) -> [Int] {
        var rest: [Int] = []
        rest.reserveCapacity(count - 1)
        var (left, right, result): (Int?, Int?, Int?) = (move.left, move.right, move.result)
        for number in self {
            if number == left {
                left = nil
            } else if number == right {
                right = nil
            } else {
                if let value = result, value <= number {
                    rest.append(value)
                    result = nil
                }
                rest.append(number)
            }
        }
        if let result { rest.append(result) }
        return rest
    }
}
