import Credit
import Mathematics
import Problems

/// The paths that agree on the answer, and the one of them that becomes the reference solution.
struct MajorityPaths {
    /// Places in `paths` of different ones.
    private let distinct: [Int]
    private let paths: [String]

    /// - Parameter paths: the solutions that vote for the answer; at least one.
    init(_ paths: [String]) {
        precondition(!paths.isEmpty, "a majority of no paths")
        self.paths = paths
        let byEquations = DistinctPaths.byEquations(paths).filter { Self.isAnnotated(paths[$0]) }
        distinct = byEquations.isEmpty ? DistinctPaths.byEditDistance(paths, limit: paths.count) : byEquations
        isAnnotated = !byEquations.isEmpty
    }

    /// Whether the paths are told apart by their annotations.
    private let isAnnotated: Bool

    /// How many of the paths differ: in their equations where they are annotated, else in more than a fifth of their length.
    var distinctCount: Int { distinct.count }

    /// The reference solution, which ends in `#### answer`.
    ///
    /// Of annotated paths the first that RFT keeps, else the shortest, then the first. Paths with an equation that does not hold are
    /// passed over where others are left.
    func referenceSolution(answer: String) -> String {
        let candidates = isAnnotated ? distinct : paths.indices.sorted { (length($0), $0) < (length($1), $1) }
        let sound = candidates.first { StepArithmetic(paths[$0]).firstMistake == nil }
        let lines = paths[sound ?? candidates[0]].split { $0.isNewline }.filter { !$0.allSatisfy(\.isWhitespace) }
        return ReferenceSolution.text(of: lines.joined(separator: "\n"), answer: answer)
    }

    private func length(_ place: Int) -> Int { paths[place].utf8.count }

    private static func isAnnotated(_ path: String) -> Bool { !StepArithmetic.annotations(of: path).isEmpty }
}
