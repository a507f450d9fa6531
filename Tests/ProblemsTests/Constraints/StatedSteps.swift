import Testing

/// Follows a solution of a constraint problem line by line, and checks by trying that each says exactly what its constraint
/// leaves.
struct StatedSteps {
    private let problem: StatedConstraints
    /// The possible values, for each supposition that is open and before the first.
    private var sets: [[[Int]]]
    /// The variable of each open supposition.
    private var supposed: [Int] = []
    /// The values of each open supposition, which it rules out in the end.
    private var ruledOut: [[Int]] = []
    /// Whether a constraint cannot hold under the last supposition.
    private var isRefuted = false
    /// Suppositions so far.
    private(set) var splits = 0

    init(_ problem: StatedConstraints) {
        self.problem = problem
        sets = [problem.names.map { _ in Array(problem.domain) }]
    }

    /// The values that all variables have when the steps are followed.
    mutating func follow(_ solution: String) throws -> [Int] {
        for line in solution.split(separator: "\n") where !line.hasPrefix("####") && line.contains(/[:]|Suppose|So/) {
            try take(String(line))
        }
        #expect(sets.count == 1, "every supposition is refuted")
        return try sets[0].map { values in
            #expect(values.count == 1)
            return try #require(values.first)
        }
    }

    private mutating func take(_ line: String) throws {
        let marks = line.prefix { $0 == ">" }.count
        let text = String(line.dropFirst(marks == 0 ? 0 : marks + 1))
        if text.hasPrefix("So ") {
            try #require(isRefuted && marks == supposed.count - 1, "\(line)")
            isRefuted = false
            sets.removeLast()
            let variable = supposed.removeLast()
            let excluded = ruledOut.removeLast()
            let claim = try Self.claim(text.dropFirst(3), problem)
            let before = sets[marks][variable]
            #expect(claim.0 == variable, "\(line)")
            #expect(claim.1 == before.filter { !excluded.contains($0) }, "\(line)")
            sets[marks][variable] = claim.1
            return
        }
        try #require(!isRefuted && marks == supposed.count, "\(line)")
        if text.hasPrefix("Suppose ") {
            let (variable, values) = try Self.claim(text.dropFirst(8), problem)
            try #require(Set(values).isStrictSubset(of: sets[marks][variable]) && !values.isEmpty, "\(line)")
            var branch = sets[marks]
            branch[variable] = values
            sets.append(branch)
            supposed.append(variable)
            ruledOut.append(values)
            splits += 1
            return
        }
        let colon = try #require(text.firstIndex(of: ":"))
        let constraint = try #require(problem.constraints.first { $0.text == text[..<colon] }, "\(line)")
        // The values of other variables play no part.
        let tried = problem.names.indices.map {
            constraint.variables.contains($0) ? sets[marks][$0] : [problem.domain.lowerBound]
        }
        let kept = StatedConstraints.choices(tried).filter(constraint.holds)
        if text.hasSuffix(": none") {
            #expect(kept.isEmpty, "\(line)")
            isRefuted = true
            return
        }
        let left = problem.names.indices.map { place in
            constraint.variables.contains(place) ? Set(kept.map { $0[place] }).sorted() : sets[marks][place]
        }
        var said = sets[marks]
        for match in text[colon...].matches(of: /([a-h])(=| in )([\d,.]+?)(?=, [a-h]|$)/) {
            let claim = try Self.claim(text[match.range], problem)
            #expect(claim.1 != said[claim.0], "\(line)")
            said[claim.0] = claim.1
        }
        #expect(said == left, "\(line)")
        sets[marks] = said
    }

    /// The variable and the values of `a=4` or `a in 3..5,8`.
    private static func claim(
        _ text: some StringProtocol, _ problem: StatedConstraints
    ) throws -> (Int, [Int]) {
        let name = try #require(text.first)
        let variable = try #require(problem.names.firstIndex(of: name), "\(text)")
        let list = text.dropFirst().drop { !$0.isNumber }
        let values = try list.split(separator: ",").flatMap { run in
            let ends = try run.split(separator: "..").map { try #require(Int($0), "\(text)") }
            return Array(try #require(ends.first)...#require(ends.last))
        }
        return (variable, values)
    }
}
