import LanguageModel

/// What the policy that a round began with says of the round's examples: computed once for each, and kept for the epochs
/// after the first.
final class ReferencePolicy {
    private let score: (PackedBatch) throws -> [[Float]]
    private var known: [String: [[Float]]] = [:]

    /// - Parameter score: the log-probabilities of targets, one array a sequence.
    init(score: @escaping (PackedBatch) throws -> [[Float]]) {
        self.score = score
    }

    /// The log-probabilities of the examples' targets, one array a sequence.
    func logProbabilities(of pack: [Example]) throws -> [[Float]] {
        let new = pack.filter { known[$0.id] == nil }
        if !new.isEmpty {
            let sequences = new.flatMap(\.sequences)
            var values = try score(PackedBatch(sequences))[...]
            precondition(values.count == sequences.count, "\(values.count) scores of \(sequences.count) sequences")
            for example in new {
                known[example.id] = Array(values.prefix(example.sequences.count))
                values = values.dropFirst(example.sequences.count)
            }
        }
        return pack.flatMap { example in
            guard let values = known[example.id] else { preconditionFailure("\(example.id) was not scored") }
            return values
        }
    }
}
