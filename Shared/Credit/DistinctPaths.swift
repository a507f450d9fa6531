import Mathematics

/// Diverse solutions of one problem, chosen from many correct ones.
public enum DistinctPaths {
    /// One solution for each list of equations.
    ///
    /// A solution's key is its annotations `<<48/2=24>>` in their order, without blanks; `3+4=7` and `4+3=7` are different, and all solutions
    /// without annotations have one key. Solutions with an annotation that does not hold are left out. Of solutions with one key the first is kept,
    /// until a later one is farther, in summed edit distance, from those kept for the other keys.
    ///
    /// - Parameter solutions: correct solutions in the order in which they were sampled.
    /// - Returns: places in `solutions`, in the order in which their keys came first.
    /// - Source: Yuan et al. 2023 (RFT, arXiv 2308.01825) and its authors' script; papers.md section 2.2.
    public static func byEquations(_ solutions: [String]) -> [Int] {
        var keys: [String] = []
        var kept: [String: Int] = [:]
        for (index, solution) in solutions.enumerated() {
            let annotations = StepArithmetic.annotations(of: solution)
            guard annotations.allSatisfy(\.holds) else { continue }
            let key = annotations.map { $0.text.filter { $0 != " " } }.joined(separator: "|")
            guard let present = kept[key] else {
                keys.append(key)
                kept[key] = index
                continue
            }
            let others = keys.filter { $0 != key }.compactMap { kept[$0] }
            func distance(of candidate: Int) -> Int {
                others.reduce(0) { $0 + EditDistance.between(solutions[candidate], solutions[$1]) }
            }
            if distance(of: index) > distance(of: present) { kept[key] = index }
        }
        return keys.compactMap { kept[$0] }
    }

    /// Solutions that differ from each other by more than a fifth of their length, for texts without annotations.
    ///
    /// Each is kept if its edit distance to every one kept before it is more than 0.2 · (a + ⌊b / 2⌋), where a is its length and b the
    /// other's, in characters of Unicode.
    ///
    /// - Parameters:
    ///   - solutions: correct solutions, in the order in which they are to be preferred; repeats count once.
    ///   - limit: how many are kept at the most.
    /// - Returns: rising places in `solutions`.
    /// - Source: Hwang et al. 2024 (Self-Explore, arXiv 2404.10346), authors' code, which shuffles first; papers.md section 1.3.
    public static func byEditDistance(_ solutions: [String], limit: Int = 8) -> [Int] {
        var kept: [Int] = []
        for (index, solution) in solutions.enumerated() where kept.count < limit {
            let isFar = kept.allSatisfy { other in
                let scale = solution.unicodeScalars.count + solutions[other].unicodeScalars.count / 2
                return Double(EditDistance.between(solution, solutions[other])) > 0.2 * Double(scale)
            }
            if isFar { kept.append(index) }
        }
        return kept
    }
}
