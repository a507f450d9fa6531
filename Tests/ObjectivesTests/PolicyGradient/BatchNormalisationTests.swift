import Foundation
import Objectives
import Testing

@Suite struct `Normalisation of a batch's advantages` {
    @Test func `is by the mean and the deviation over all tokens`() {
        let advantages = [[1.0, 1, 1], [-1], [2, 0]]
        // Mean 2/3; squared distances 1/9 · 3 + 25/9 + 16/9 + 4/9 = 48/9, over 5.
        let deviation = (48.0 / 9 / 5).squareRoot() + 1e-6
        let whitened = BatchNormalisation.whitened.applied(to: advantages)
        let scaled = BatchNormalisation.scaled.applied(to: advantages)
        for (row, values) in advantages.enumerated() {
            #expect(largestDifference(whitened[row], values.map { ($0 - 2.0 / 3) / deviation }) < 1e-12)
            #expect(largestDifference(scaled[row], values.map { $0 / deviation }) < 1e-12)
        }
        #expect(BatchNormalisation.none.applied(to: advantages) == advantages)
    }

    @Test func `of equal advantages, or of one, is finite`() {
        #expect(BatchNormalisation.whitened.applied(to: [[3, 3], [3]]) == [[0, 0], [0]])
        #expect(BatchNormalisation.scaled.applied(to: [[3]])[0][0] == 3 / (1 + 1e-6))
        #expect(BatchNormalisation.whitened.applied(to: []) == [])
    }
}
