/// The rules of the puzzle once more, as plainly as can be: the reference that the library is compared with.
enum PlainPuzzle {
    /// Each text that may be written next, with the numbers that it leaves, in rising order.
    static func moves(from numbers: [Int]) -> [String: [Int]] {
        var moves: [String: [Int]] = [:]
        for i in numbers.indices {
            for j in numbers.indices where i != j {
                for symbol in "+-*/" {
                    guard let result = evaluate(numbers[i], symbol, numbers[j]) else { continue }
                    let rest = numbers.indices.filter { $0 != i && $0 != j }.map { numbers[$0] }
                    moves["\(numbers[i])\(symbol)\(numbers[j])=\(result)"] = (rest + [result]).sorted()
                }
            }
        }
        return moves
    }

    /// The result of an operation; nil if there is none.
    static func evaluate(_ a: Int, _ symbol: Character, _ b: Int) -> Int? {
        // Decimal numbers of 128 bits have room for every product of what is read.
        let (left, right) = (Int128(a), Int128(b))
        let value: Int128
        switch symbol {
        case "+": value = left + right
        case "-": value = left - right
        case "*": value = left * right
        case "/":
            guard right != 0, left % right == 0 else { return nil }
            value = left / right
        default: return nil
        }
        return value.magnitude <= 1_000_000_000 ? Int(value) : nil
    }

    /// Whether the target can be reached, by trying everything.
    static func canReach(_ target: Int, from numbers: [Int]) -> Bool {
        numbers.count == 1
            ? numbers[0] == target : moves(from: numbers).values.contains { canReach(target, from: $0) }
    }

    /// The chance of the uniformly random policy, by summing over everything.
    static func chance(of target: Int, from numbers: [Int]) -> Double {
        if numbers.count == 1 { return numbers[0] == target ? 1 : 0 }
        let moves = moves(from: numbers)
        return moves.values.reduce(0) { $0 + chance(of: target, from: $1) } / Double(moves.count)
    }

    /// Whether a solution is right: reads every line with a regular expression. For solutions with one line of marks, at
    /// their end.
    static func isRight(_ solution: String, numbers: [Int], target: Int) -> Bool {
        var left = numbers
        let lines = solution.split(separator: "\n", omittingEmptySubsequences: false)
        for line in lines.dropLast() {
            guard let match = line.wholeMatch(of: /(-?[0-9]{1,12})([-+*\/])(-?[0-9]{1,12})=(-?[0-9]{1,12})/),
                let a = Int(match.1), let b = Int(match.3), let first = left.firstIndex(of: a)
            else { return false }
            left.remove(at: first)
            guard let second = left.firstIndex(of: b), let result = evaluate(a, Character(String(match.2)), b),
                result == Int(match.4)
            else { return false }
            left.remove(at: second)
            left.append(result)
        }
        return left == [target] && lines.last.map { $0 == "#### \(target)" } == true
    }
}
