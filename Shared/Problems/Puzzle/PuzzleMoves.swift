/// The moves of the uniformly random policy.
public enum PuzzleMoves {
    /// The legal moves from some numbers: every step `a op b = c` that may be written next, each text once, in a fixed order.
    ///
    /// a and b are two of the numbers, in either order; equal numbers do not make more moves. The operation is any of the
    /// four that has a result by `PuzzleOperation.result`. So `2+3=5` and `3+2=5` are two moves, as they are to a policy that
    /// writes text. From one number there is no move: what is left to write is the line of marks with that number.
    public static func all(from numbers: [Int]) -> [PuzzleStep] {
        let numbers = numbers.sorted()
        var moves: [PuzzleStep] = []
        moves.reserveCapacity(4 * numbers.count * numbers.count)
        for (place, left) in numbers.enumerated() where place == 0 || numbers[place - 1] != left {
            for (other, right) in numbers.enumerated() where other != place {
                // The first of equal ones that is not the left operand itself.
                let before = other - 1 == place ? place - 1 : other - 1
                if right != left, before >= 0, numbers[before] == right { continue }
                if right == left, other != place + 1 { continue }
                for operation in PuzzleOperation.allCases {
                    if let move = PuzzleStep(left, operation, right) { moves.append(move) }
                }
            }
        }
        return moves
    }
}
