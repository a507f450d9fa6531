import Recipe
import Studies

/// How long cells take, by what others took.
struct StudyEstimate {
    private var measured: [CellResult]

    init(_ results: [CellResult]) { measured = results.filter { $0.seconds != nil } }

    mutating func add(_ result: CellResult) {
        if result.seconds != nil { measured.append(result) }
    }

    /// The time of cells together; nil before anything was measured.
    func seconds(of cells: some Sequence<StudyCell>) -> Double? {
        guard !measured.isEmpty else { return nil }
        return cells.reduce(0) { $0 + seconds(of: $1) }
    }

    /// That of the nearest cell of the method, else of any, as if time grew like the number of problems.
    private func seconds(of cell: StudyCell) -> Double {
        let own = measured.filter { $0.method == cell.method }
        let nearest = (own.isEmpty ? measured : own).min { distance($0, cell) < distance($1, cell) }
        guard let nearest, let seconds = nearest.seconds else { return 0 }
        return seconds * Double(cell.size) / Double(nearest.size)
    }

    private func distance(_ result: CellResult, _ cell: StudyCell) -> Double {
        max(Double(result.size) / Double(cell.size), Double(cell.size) / Double(result.size))
    }

    /// For people: `3 min`.
    static func text(_ seconds: Double) -> String {
        switch seconds {
        case ..<90: "about \(Int(seconds.rounded())) s"
        case ..<5_400: "about \(Int((seconds / 60).rounded())) min"
        default: "about \((seconds / 360).rounded() / 10) h"
        }
    }
}
