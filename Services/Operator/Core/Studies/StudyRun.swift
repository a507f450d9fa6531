import Foundation
import Ledger
public import Recipe
public import ServiceKit
import Studies

/// Runs the cells of a study that have no result yet, one after the other, each as a run in a folder of its own.
///
/// A cell that was interrupted goes on like any run. What a cell begins with is known by the hash of all recipes on the way to it: the
/// folder of another recipe is left alone, and so is its result.
public struct StudyRun: Sendable {
    private let folder: StudyFolder
    private let runs: URL
    private let machine: String

    /// Runs a launched run; returns whether the study is to go on, which it is not if someone asked for an end.
    public typealias Execution = (RunLauncher) async throws -> Bool

    /// Makes the run of a study.
    ///
    /// - Parameters:
    ///   - runs: the folder of the cells' runs.
    ///   - machine: what results say of where they were measured.
    public init(_ folder: StudyFolder, runs: String, machine: String) {
        self.folder = folder
        self.runs = URL(fileURLWithPath: runs, isDirectory: true)
        self.machine = machine
    }

    /// The cells without a result that are wanted, or that a wanted one begins with, in the order in which they are run.
    public func pending(where isWanted: (StudyCell) -> Bool) throws -> [StudyCell] {
        let study = folder.study
        let done = Set(try folder.results().map { StudyCell($0) })
        let needed = Set(study.cells.filter { isWanted($0) && !done.contains($0) }.flatMap(study.way))
        return study.cells.filter { needed.contains($0) && !done.contains($0) }
    }

    /// The folder of a cell's run.
    public func runFolder(of cell: StudyCell) throws -> RunFolder {
        RunFolder(runs.appendingPathComponent("\(cell)-\(try folder.digest(of: cell).prefix(8))").path)
    }

    /// Runs cells until none is pending or someone asks for an end. A cell whose run fails is passed over, with those that begin with it.
    ///
    /// - Parameters:
    ///   - isWanted: whether a cell is to be run.
    ///   - tell: gets a line before and after each.
    /// - Returns: whether it was not asked to end.
    /// - Throws: `ServiceError` of code `input` that names the cells which failed, after the others have run.
    public func run(
        where isWanted: (StudyCell) -> Bool, tell: (String) -> Void, execute: Execution
    ) async throws -> Bool {
        let cells = try pending(where: isWanted)
        var estimate = StudyEstimate(try folder.results())
        var failed: [StudyCell] = []
        for (index, cell) in cells.enumerated() {
            guard folder.study.way(to: cell).allSatisfy({ !failed.contains($0) }) else { continue }
            let left = estimate.seconds(of: cells[index...]).map { ", \(StudyEstimate.text($0)) left" } ?? ""
            tell("Cell \(index + 1) of \(cells.count): \(cell)\(left).")
            var goesOn = true
            do {
                let measured = try await finish(cell, tell) { launcher in
                    goesOn = try await execute(launcher) && goesOn
                    return goesOn
                }
                guard let measured else { return false }
                try folder.add(measured)
                estimate.add(measured)
                let accuracy = measured.evaluation(on: "test").map { percent($0.accuracy) } ?? "no test accuracy"
                tell("\(cell): \(accuracy)\(measured.seconds.map { ", \(Int($0)) s" } ?? "").")
            } catch let error as ServiceError {
                tell("\(cell) failed. \(error)")
                failed.append(cell)
            }
            if !goesOn { return false }
        }
        guard failed.isEmpty else {
            throw ServiceError(
                .input,
                "All cells of a study end; \(failed.map(\.description).joined(separator: ", ")) failed. What was told of each says why; the same command tries them again."
            )
        }
        return true
    }

    // MARK: One cell

    /// Runs a cell to its end and measures it; nil if it did not come to its end.
    private func finish(
        _ cell: StudyCell, _ tell: (String) -> Void, _ execute: Execution
    ) async throws -> CellResult? {
        guard let recipe = try await recipe(of: cell, tell, execute) else { return nil }
        let run = try runFolder(of: cell)
        let isResumed = run.hasState
        let begin = ContinuousClock.now
        guard try await complete(recipe, in: run, recorded: recorded(for: cell), execute) else { return nil }
        var result = CellResult(
            method: cell.method, size: cell.size, seed: cell.seed, digest: try folder.digest(of: cell),
            machine: machine)
        if !isResumed { result.seconds = (begin.duration(to: .now) / .seconds(1) * 10).rounded() / 10 }
        let parent = folder.study.parent(of: cell)
        try result.measure(
            run, recipe, keeps: folder.study.method(of: cell).keeps, before: try parent.map { try kept(of: $0) } ?? [])
        return result
    }

    /// The recipe of a cell, once there is what it begins with; nil if making that was stopped.
    private func recipe(of cell: StudyCell, _ tell: (String) -> Void, _ execute: Execution) async throws -> Recipe? {
        let run = baseFolder
        if try !run.hasState || !Ledger.isFinished(path: run.ledger.path) { tell("The base: \(folder.study.base).") }
        guard try await complete(folder.base, in: run, execute) else { return nil }
        let base = try run.policy(keeps: .newest, folder.base)
        guard let parent = folder.study.parent(of: cell) else {
            return try folder.study.recipe(of: cell, model: base.path, base: nil)
        }
        guard let recipe = try await recipe(of: parent, tell, execute) else { return nil }
        let before = try runFolder(of: parent)
        // Its result may be there and its run be gone: results are kept, runs need not be.
        if !before.hasState { tell("What \(cell) begins with: \(parent).") }
        guard try await complete(recipe, in: before, execute) else { return nil }
        let model = try before.policy(keeps: folder.study.method(of: parent).keeps, recipe)
        return try folder.study.recipe(of: cell, model: model.path, base: base.path)
    }

    /// The runs of the other cells that began with what the same one left: they may have sampled what this one asks for.
    private func recorded(for cell: StudyCell) throws -> [RunFolder] {
        guard let parent = folder.study.parent(of: cell) else { return [] }
        return try folder.study.cells.filter {
            $0 != cell && $0.size == cell.size && $0.seed == cell.seed && folder.study.parent(of: $0) == parent
        }.map(runFolder).filter(\.hasState)
    }

    /// Whether a run has come to its end. The folder's name tells its recipe; files may have moved with it.
    private func complete(
        _ recipe: Recipe, in run: RunFolder, recorded: [RunFolder] = [], _ execute: Execution
    ) async throws -> Bool {
        var launcher = run.hasState ? try RunLauncher.resume(run) : try RunLauncher.begin(recipe, in: run)
        launcher.recorded = recorded
        if try !launcher.isFinished { _ = try await execute(launcher) }
        return try launcher.isFinished
    }

    /// The evaluations on test problems of the policy that a cell leaves.
    private func kept(of cell: StudyCell) throws -> [EvaluationResult] {
        let run = try runFolder(of: cell)
        let recipe = try Recipe(contentsOf: run.recipe.path)
        let version = try run.keptVersion(folder.study.method(of: cell).keeps, recipe)
        return try Ledger.evaluations(path: run.ledger.path, blobs: run.blobs).filter {
            $0.policyVersion == version && recipe.split(ofStage: $0.stage) == .test
        }
    }

    private var baseFolder: RunFolder {
        RunFolder(runs.appendingPathComponent("base-\(folder.baseDigest.prefix(8))").path)
    }
}
