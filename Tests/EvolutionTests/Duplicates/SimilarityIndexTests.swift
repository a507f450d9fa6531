import Basics
@testable import Evolution
import Testing

@Suite struct `A similarity index` {
    /// Sets of a few elements of many, every other one made of an earlier one by a few changes.
    private func sets(_ count: Int, _ generator: inout SeededGenerator) -> [[UInt64]] {
        var sets: [Set<UInt64>] = []
        for index in 0..<count {
            var set: Set<UInt64> = []
            if index % 2 == 1 { set = sets[Int(generator.next() % UInt64(index))] }
            for _ in 0..<(index % 2 == 1 ? 1 + generator.next() % 4 : 2 + generator.next() % 30) {
                if let old = set.min(), generator.next() % 2 == 0, set.count > 1 { set.remove(old) }
                // Squares, so that some elements are in many sets.
                let draw = generator.next() % 40
                set.insert(draw * draw % 97)
            }
            sets.append(set)
        }
        return sets.map { $0.sorted() }
    }

    @Test(arguments: [0.1, 0.3, 0.5, 0.75, 0.8, 0.9, 1]) func `finds what comparing with every set finds`(
        threshold: Double
    ) {
        for seed in 0..<20 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed, name: "similarity")
            var index = SimilarityIndex(threshold: threshold)
            var before: [[UInt64]] = []
            for set in sets(80, &generator) {
                let similarities = before.map { other in
                    Double(Set(set).intersection(other).count) / Double(Set(set).union(other).count)
                }
                let expected = similarities.max().flatMap { $0 >= threshold ? $0 : nil }
                let found = index.mostSimilar(to: set)
                #expect(found?.similarity == expected, "seed \(seed), threshold \(threshold)")
                #expect(
                    found?.place == expected.flatMap(similarities.firstIndex), "seed \(seed), threshold \(threshold)")
                index.insert(set)
                before.append(set)
            }
        }
    }

    @Test func `finds a similarity that is just the threshold, and none below`() {
        // 4 of 5 elements in common.
        for threshold in [0.8, 0.800001] {
            var index = SimilarityIndex(threshold: threshold)
            index.insert([1, 2, 3, 4])
            #expect((index.mostSimilar(to: [1, 2, 3, 4, 5]) != nil) == (threshold == 0.8))
        }
    }
}
