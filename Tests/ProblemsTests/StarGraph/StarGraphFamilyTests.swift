import Mathematics
import Problems
import Testing

@Suite struct `The star-graph family` {
    /// A question, read apart by hand.
    private struct Told: Hashable {
        let edges: Set<String>
        let start: Int
        let goal: Int
        /// The nodes after the start, branch by branch.
        let branches: [[Int]]

        init(_ question: String) throws {
            let halves = question.split(separator: " | ")
            let list = halves[0].split(separator: " ").map(String.init)
            edges = Set(list)
            #expect(edges.count == list.count)
            let ends = halves[1].split(separator: " ").compactMap { Int($0) }
            (start, goal) = (ends[0], ends[1])
            var next: [Int: [Int]] = [:]
            for edge in list {
                let nodes = edge.split(separator: ">").compactMap { Int($0) }
                next[nodes[0], default: []].append(nodes[1])
            }
            branches = try (next[start] ?? []).map { first in
                var branch = [first]
                while let after = next[branch.last!] {
                    try #require(after.count == 1, "only the centre branches")
                    branch.append(after[0])
                }
                return branch
            }
        }
    }

    private func told(_ family: StarGraphFamily, seed: UInt64, _ split: ProblemSplit, _ count: UInt64) throws -> [Told]
    {
        try (0..<count).map { try Told(family.problem(seed: seed, index: $0, split: split).question) }
    }

    @Test func `problems stay what they are`() throws {
        // If these change, a resumed run sees other problems than the ones it ordered.
        let family = try StarGraphFamily(dials: [:])
        let problem = family.problem(seed: 1, index: 0, split: .train)
        #expect(problem.question == "13>44 19>49 9>5 36>6 8>18 5>19 6>12 37>36 13>9 44>8 13>37 18>43 | 13 43")
        #expect(problem.referenceSolution == "13>44\n44>8\n8>18\n18>43\n#### 43")
        #expect(
            family.problem(seed: 1, index: 0, split: .test).question
                == "21>43 20>40 43>27 27>20 21>22 22>13 25>34 48>25 10>48 21>10 35>45 13>35 | 21 45")
    }

    @Test(arguments: [[:], ["branches": "2..5", "length": "1..5", "labels": "0..25"], ["labels": "7..19"]])
    func `a graph is a star as the dials say, and the solution is the way to its goal`(dials: [String: String]) throws {
        let family = try StarGraphFamily(dials: dials)
        var (branches, lengths, labels): (Set<Int>, Set<Int>, Set<Int>) = ([], [], [])
        for index in UInt64(0)..<600 {
            let problem = family.problem(seed: 2, index: index, split: index % 4 == 0 ? .test : .train)
            let told = try Told(problem.question)
            branches.insert(told.branches.count)
            lengths.formUnion(told.branches.map(\.count))
            #expect(Set(told.branches.map(\.count)).count == 1, "all branches are of one length")
            let nodes = [told.start] + told.branches.flatMap { $0 }
            #expect(Set(nodes).count == nodes.count && nodes.count == told.edges.count + 1)
            labels.formUnion(nodes)
            let way = try #require(told.branches.first { $0.last == told.goal })
            let steps = zip([told.start] + way, way).map { "\($0)>\($1)\n" }.joined()
            #expect(problem.referenceSolution == steps + "#### \(told.goal)")
            #expect(problem.grade(try #require(problem.referenceSolution)).verdict == .correct)
        }
        #expect(branches == Set(family.dials.branches) && lengths == Set(family.dials.length))
        #expect(labels == Set(family.dials.labels))
    }

    @Test func `edges come in any order, and the goal is in any branch`() throws {
        let family = try StarGraphFamily(dials: ["branches": "2", "length": "3"])
        var counts = [0, 0]
        for index in UInt64(0)..<2000 {
            let problem = family.problem(seed: 3, index: index, split: .train)
            let told = try Told(problem.question)
            // The first told edge is on the way half the time.
            let first = problem.question.prefix { $0 != " " }
            counts[0] += problem.referenceSolution!.contains("\(first)\n") ? 1 : 0
            counts[1] += told.branches[0].last == told.goal ? 1 : 0
        }
        // Five standard deviations of 2,000 draws are 112.
        #expect(counts.allSatisfy { abs($0 - 1000) < 112 }, "\(counts)")
    }

    @Test func `no problem of train is one of test, in whatever order its edges are`() throws {
        var seen: [ProblemSplit: Set<[String]>] = [:]
        for dials in [["labels": "1..8", "branches": "2", "length": "2..3"], ["labels": "1..9", "length": "2"]] {
            let family = try StarGraphFamily(dials: dials)
            for split in [ProblemSplit.train, .test] {
                for seed in UInt64(1)...2 {
                    for told in try self.told(family, seed: seed, split, 3000) {
                        seen[split, default: []].insert(told.edges.sorted() + ["\(told.start) \(told.goal)"])
                    }
                }
            }
        }
        let (train, test) = (seen[.train]!, seen[.test]!)
        #expect(train.isDisjoint(with: test))
        #expect(
            train.count > 3000 && test.count > 1500,
            "enough were drawn for an overlap to show: \(train.count) \(test.count)")
    }

    @Test(arguments: [
        [:], ["shifted-branches": "2..3", "shifted-length": "5..6", "shifted-labels": "60..99"],
        ["branches": "3", "shifted-branches": "2", "shifted-length": "2..4"],
    ])
    func `no problem of a shift can be one of train or test`(dials: [String: String]) throws {
        let family = try StarGraphFamily(dials: dials)
        let known = try [ProblemSplit.train, .test].flatMap { try told(family, seed: 3, $0, 1000) }
        let largest = try #require(known.flatMap { [$0.start] + $0.branches.flatMap { $0 } }.max())
        try family.check(.rangeShift)
        let larger = try told(family, seed: 3, .rangeShift, 300)
        #expect(larger.allSatisfy { ([$0.start] + $0.branches.flatMap { $0 }).allSatisfy { $0 > largest } })
        let forms = Set(known.map { [$0.branches.count, $0.branches[0].count] })
        try family.check(.formShift)
        let other = try told(family, seed: 3, .formShift, 300)
        #expect(other.allSatisfy { !forms.contains([$0.branches.count, $0.branches[0].count]) })
    }

    @Test(
        arguments: [
            (["branch": "2"], ProblemsError.Code.unknownDial, "\"branch\""),
            (["length": "2-4"], .unreadableDial, "\"2-4\""), (["branches": "1..3"], .impossibleDials, "1..3"),
            (["length": "1..33"], .impossibleDials, "1..33"), (["labels": "-1..30"], .impossibleDials, "-1..30"),
            (["labels": "0..100000"], .impossibleDials, "0..100000"),
            (["labels": "1..12"], .impossibleDials, "13 with"),
            (["labels": "1..5", "branches": "2", "length": "1"], .impossibleDials, "at least 8 labels"),
        ] as [([String: String], ProblemsError.Code, String)])
    func `dials that cannot be kept are refused with the rule and the value`(
        dials: [String: String], code: ProblemsError.Code, part: String
    ) {
        let error = #expect(throws: ProblemsError.self) { try StarGraphFamily(dials: dials) }
        #expect(error?.code == code)
        #expect(error?.message.contains(part) == true, "\(error?.message ?? "")")
    }

    @Test(
        arguments: [
            (["shifted-branches": "3..4"], ProblemSplit.formShift, "shifted-branches"),
            (["shifted-labels": "49..99"], .rangeShift, "shifted-labels must lie above labels"),
            (["shifted-labels": "50..52"], .rangeShift, "at least 8 labels"),
        ] as [([String: String], ProblemSplit, String)])
    func `a shift that could hold known problems is refused when it is asked for`(
        dials: [String: String], split: ProblemSplit, part: String
    ) throws {
        let family = try StarGraphFamily(dials: dials)
        let error = #expect(throws: ProblemsError.self) { try family.check(split) }
        #expect(error?.code == .impossibleDials)
        #expect(error?.message.contains(part) == true, "\(error?.message ?? "")")
    }
}
