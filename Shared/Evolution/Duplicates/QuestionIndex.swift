/// The questions that there are, by which a new one is told from what is no longer new.
///
/// Two questions are near duplicates if their runs of three words are similar enough. Among seeds and evolved questions their numbers and
/// signs must be the same, too, because other numbers make another problem, which a strategy asks for. Of those that are held
/// out numbers are not looked at: what only their numbers part from a test problem is kept away from training.
struct QuestionIndex {
    private static let runLength = 3

    private var own: SimilarityIndex
    private var ownQuestions: [(question: String, origin: QuestionOrigin)] = []
    private var heldOut: SimilarityIndex
    private var heldOutQuestions: [String] = []

    /// - Parameter threshold: the least Jaccard similarity of near duplicates, above 0, at most 1.
    init(threshold: Double, seeds: [String], heldOut: [String]) {
        own = SimilarityIndex(threshold: threshold)
        self.heldOut = SimilarityIndex(threshold: threshold)
        for question in heldOut {
            let runs = QuestionWords(question).runs(of: Self.runLength)
            // Test problems of one form are one here, however many there are.
            guard self.heldOut.mostSimilar(to: runs)?.similarity != 1 else { continue }
            self.heldOut.insert(runs)
            heldOutQuestions.append(question)
        }
        for question in seeds {
            let runs = Self.numberedRuns(QuestionWords(question))
            insertOwn(question, runs, .seed, own.mostSimilar(to: runs))
        }
    }

    /// Looks for a duplicate of a new question, and puts the question in whether there is one or not.
    mutating func insert(_ question: String) throws(Refusal) {
        let words = QuestionWords(question)
        let numbered = Self.numberedRuns(words)
        let duplicate = own.mostSimilar(to: numbered)
        insertOwn(question, numbered, .evolved, duplicate)
        if let found = heldOut.mostSimilar(to: words.runs(of: Self.runLength)) {
            throw .duplicate(of: heldOutQuestions[found.place], in: .heldOut, similarity: found.similarity)
        }
        guard let duplicate else { return }
        let (other, origin) = ownQuestions[duplicate.place]
        throw .duplicate(of: other, in: origin, similarity: duplicate.similarity)
    }

    /// Puts in a question, unless the same was found.
    private mutating func insertOwn(
        _ question: String, _ runs: [UInt64], _ origin: QuestionOrigin, _ found: (place: Int, similarity: Double)?
    ) {
        guard found?.similarity != 1 else { return }
        own.insert(runs)
        ownQuestions.append((question, origin))
    }

    /// The runs of a question, which another question has only if its numbers and signs are the same.
    private static func numberedRuns(_ words: QuestionWords) -> [UInt64] {
        let numbers = words.numbersHash
        return words.runs(of: runLength).map { QuestionWords.combined(numbers, $0) }.sorted()
    }
}
