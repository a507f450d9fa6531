/// A binary heap that gives back the smallest number first.
struct MinimumHeap {
    private var numbers: [UInt64] = []

    mutating func push(_ number: UInt64) {
        var place = numbers.count
        numbers.append(number)
        while place > 0, numbers[(place - 1) / 2] > number {
            numbers[place] = numbers[(place - 1) / 2]
            place = (place - 1) / 2
        }
        numbers[place] = number
    }

    /// Takes the smallest number out; nil when there is none.
    mutating func popMinimum() -> UInt64? {
        guard let last = numbers.popLast() else { return nil }
        guard let first = numbers.first else { return last }
        var place = 0
        while true {
            var child = 2 * place + 1
            guard child < numbers.count else { break }
            if child + 1 < numbers.count, numbers[child + 1] < numbers[child] { child += 1 }
            guard numbers[child] < last else { break }
            numbers[place] = numbers[child]
            place = child
        }
        numbers[place] = last
        return first
    }
}
