import Basics

/// The uniformly random policy by the plain rules: samples where `PuzzleValue` searches.
struct RandomPuzzlePolicy {
    private let target: Int
    private var moves: [[Int]: [[Int]]] = [:]

    init(target: Int) { self.target = target }

    /// Goes on from the numbers that are left until one is left; whether that is the target.
    mutating func succeeds(from numbers: [Int], using generator: inout SeededGenerator) -> Bool {
        var numbers = numbers
        while numbers.count > 1 {
            if moves[numbers] == nil {
                // Sorted by their texts, so that the sequence belongs to the seed.
                moves[numbers] = PlainPuzzle.moves(from: numbers).sorted { $0.key < $1.key }.map(\.value)
            }
            numbers = moves[numbers]!.randomElement(using: &generator)!
        }
        return numbers[0] == target
    }
}
