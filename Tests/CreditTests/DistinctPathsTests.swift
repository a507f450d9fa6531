import Testing

@testable import Credit

@Suite struct `Distinct paths` {
    @Test func `are solutions with different equations, and the order of operands and of equations counts`() {
        let solutions = [
            "3+4 = <<3+4=7>>7\n#### 7", "He has <<3 + 4 = 7>>7.\n#### 7", "<<4+3=7>>7\n#### 7",
            "<<1+1=2>>2\n<<2+5=7>>7\n#### 7", "<<2+5=7>>7\n<<1+1=2>>2\n#### 7",
        ]
        #expect(DistinctPaths.byEquations(solutions) == [0, 2, 3, 4])
    }

    @Test func `leave out solutions with an annotation that is off by a thousandth or cannot be read`() {
        let solutions = [
            "<<3+4=8>>8\n#### 7", "<<3+=7>>7\n#### 7", "<<7>>\n#### 7", "<<1/3=0.333>>.333\n#### 7",
            "<<1/3=0.33>>.33\n#### 7",
        ]
        #expect(DistinctPaths.byEquations(solutions) == [3])
    }

    @Test func `without annotations are one path`() {
        #expect(DistinctPaths.byEquations(["3+4=7\n#### 7", "4+3=7\n#### 7", "<<3+4=7>>7"]).count == 2)
    }

    @Test func `of one key keep the solution that is farthest from those of other keys`() {
        let solutions = ["abc <<1+1=2>>", "abd <<2+2=4>>", "abcdefgh <<1+1=2>>", "ab <<1+1=2>>"]
        // 8 edits away from the other key, against 4 and 4.
        #expect(DistinctPaths.byEquations(solutions) == [2, 1])
    }

    @Test func `without annotations differ by more than a fifth of their lengths`() {
        let solutions = ["aaaaaaaaaa", "aaaaaaaaab", "aaaaaabbbb", "aaaaaaaaaa", "bbbbbbbbbb"]
        // Distances to the first: 1, 4, 0 and 10, against 0.2 * 15 = 3; of the last to the third: 6.
        #expect(DistinctPaths.byEditDistance(solutions) == [0, 2, 4])
        #expect(DistinctPaths.byEditDistance(solutions, limit: 2) == [0, 2])
    }

    @Test(arguments: [
        ("", "", 0), ("kitten", "sitting", 3), ("flaw", "lawn", 2), ("", "abc", 3), ("abc", "abc", 0), ("ab", "ba", 2),
    ])
    func `are told apart by the edit distance`(first: String, second: String, distance: Int) {
        #expect(EditDistance.between(first, second) == distance)
        #expect(EditDistance.between(second, first) == distance)
    }
}
