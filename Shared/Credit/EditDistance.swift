/// How many insertions, deletions and replacements of single characters of Unicode make one text of another.
///
/// - Source: Levenshtein 1966; two rows of Wagner and Fischer's table (1974).
enum EditDistance {
    /// The distance; takes time proportional to the product of the lengths.
    static func between(_ first: String, _ second: String) -> Int {
        let (a, b) = (Array(first.unicodeScalars), Array(second.unicodeScalars))
        if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
        var previous = Array(0...b.count)
        var row = previous
        for (index, character) in a.enumerated() {
            row[0] = index + 1
            for other in b.indices {
                let replaced = previous[other] + (character == b[other] ? 0 : 1)
                row[other + 1] = min(replaced, min(previous[other + 1], row[other]) + 1)
            }
            swap(&previous, &row)
        }
        return previous[b.count]
    }
}
