/// The nearest of the words that would have been understood.
enum Suggestion {
    /// Proposes the nearest word, or lists all where none is near.
    static func sentence(for word: String, among words: [String]) -> String {
        if let near = nearest(to: word, among: words) { return "Did you mean \(near)?" }
        return words.isEmpty ? "There is none to choose from." : "Choose among \(words.joined(separator: ", "))."
    }

    /// The word with the fewest edits; nil where more than a third of the letters, and more than two, would change.
    static func nearest(to word: String, among words: [String]) -> String? {
        let scored = words.map { (word: $0, edits: editDistance(word, $0)) }
        guard let best = scored.min(by: { $0.edits < $1.edits }) else { return nil }
        return best.edits <= max(2, best.word.count / 3) ? best.word : nil
    }

    /// The least number of inserted, deleted and replaced characters that turns one text into the other.
    ///
    /// - Source: Wagner and Fischer 1974, with one row kept.
    static func editDistance(_ first: String, _ second: String) -> Int {
        let second = Array(second)
        var row = Array(0...second.count)
        for (i, character) in first.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in second.enumerated() {
                let replaced = diagonal + (character == other ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[second.count]
    }
}
