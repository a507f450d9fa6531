/// Sets, and for any other set the one that is most similar to it, without looking at most of them.
///
/// The similarity is Jaccard's, the share of the elements of either that both have. The index is exact: where the similarity is at least
/// the threshold t, the sets have an element in common among the first |x| - ⌈t |x|⌉ + 1 of each, in one order of all elements. So only
/// those are indexed.
///
/// - Source: Chaudhuri, Ganti and Kaushik 2006 and Bayardo, Ma and Srikant 2007 (prefix filter).
struct SimilarityIndex {
    /// The least similarity that is found, above 0, at most 1.
    let threshold: Double

    private var sets: [[UInt64]] = []
    private var holders: [UInt64: [Int32]] = [:]

    init(threshold: Double) { self.threshold = threshold }

    /// Puts in a set, whose place is the number of those before it.
    ///
    /// - Parameter set: elements that are hashes, in rising order, each once; at least one.
    mutating func insert(_ set: [UInt64]) {
        let place = Int32(sets.count)
        sets.append(set)
        for element in prefix(of: set) { holders[element, default: []].append(place) }
    }

    /// The place of the most similar set, the first of several; nil if none reaches the threshold.
    func mostSimilar(to set: [UInt64]) -> (place: Int, similarity: Double)? {
        var seen: Set<Int32> = []
        var best: (place: Int, similarity: Double)?
        for place in prefix(of: set).lazy.compactMap({ holders[$0] }).joined() where seen.insert(place).inserted {
            let other = sets[Int(place)]
            let (small, large) = (min(set.count, other.count), max(set.count, other.count))
            guard isEnough(Double(small) / Double(large)) else { continue }
            let similarity = Self.similarity(set, other)
            guard isEnough(similarity) else { continue }
            if let best, (best.similarity, -best.place) >= (similarity, -Int(place)) { continue }
            best = (Int(place), similarity)
        }
        return best
    }

    /// Jaccard's similarity of two sets in rising order.
    static func similarity(_ first: [UInt64], _ second: [UInt64]) -> Double {
        var (i, j, common) = (0, 0, 0)
        while i < first.count, j < second.count {
            let (a, b) = (first[i], second[j])
            if a == b { common += 1 }
            if a <= b { i += 1 }
            if b <= a { j += 1 }
        }
        return Double(common) / Double(first.count + second.count - common)
    }

    private func isEnough(_ similarity: Double) -> Bool { similarity >= threshold }

    /// The elements of which a set that is similar enough must have one among its own.
    private func prefix(of set: [UInt64]) -> ArraySlice<UInt64> {
        // Rounding may make the prefix longer than need be, never shorter.
        let needed = Int((threshold * Double(set.count) * (1 - 1e-12)).rounded(.up))
        return set.prefix(set.count - needed + 1)
    }
}
