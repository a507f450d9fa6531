import Basics
import Foundation
import Ledger
public import Recipe
import ServiceKit
import Studies

/// Runs the cells of a study that have no result yet, one after the other, each as a run in a folder of its own.
///
/// A cell that was interrupted goes on like any run. What a cell begins with is known by the hash of all recipes on the way to it: the
/// folder of another recipe is left alone, and so is its result.
public struct StudyRun: Sendable {
    private let folder: StudyFolder
    private let runs: URL
    private let machine: String

    /// Runs a launched run to its end; returns false if it was stopped before.
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

    /// The cells without a result, in the order in which they are run.
    public func pending() throws -> [StudyCell] {
        let done = Set(try folder.results().map { "\(StudyCell($0)) \($0.digest)" })
        return try folder.study.cells.filter { try !done.contains("\($0) \(digest(of: $0))") }
    }

    /// Runs cells until none is pending or one is stopped.
    ///
    /// - Parameters:
    ///   - isWanted: whether a cell is to be run.
    ///   - tell: gets a line before and after each.
    /// - Returns: whether none of the wanted is pending.
    public func run(
        where isWanted: (StudyCell) -> Bool, tell: (String) -> Void, execute: Execution
    ) async throws -> Bool {
        let cells = try pending().filter(isWanted)
        var estimate = StudyEstimate(try folder.results())
        for (index, cell) in cells.enumerated() {
            let left = estimate.seconds(of: cells[index...]).map { ", \(StudyEstimate.text($0)) left" } ?? ""
            tell("Cell \(index + 1) of \(cells.count): \(cell)\(left).")
            guard let measured = try await finish(cell, tell, execute) else { return false }
            try folder.add(measured)
            estimate.add(measured)
            let accuracy =
                measured.evaluation(on: "test").map { percent($0.accuracy) } ?? "not evaluated on test problems"
            tell("\(cell): \(accuracy)\(measured.seconds.map { ", \(Int($0)) s" } ?? "").")
        }
        return true
    }

    // MARK: One cell

    /// Runs a cell to its end and measures it; nil if it was stopped.
    private func finish(
        _ cell: StudyCell, _ tell: (String) -> Void, _ execute: Execution
    ) async throws -> CellResult? {
        guard let recipe = try await recipe(of: cell, tell, execute) else { return nil }
        let run = try runFolder(of: cell)
        let isResumed = run.hasState
        let begin = ContinuousClock.now
        guard try await complete(recipe, in: run, execute) else { return nil }
        var result = CellResult(
            method: cell.method, size: cell.size, seed: cell.seed, digest: try digest(of: cell), machine: machine)
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

    private func complete(_ recipe: Recipe, in run: RunFolder, _ execute: Execution) async throws -> Bool {
        let launcher =
            run.hasState ? try RunLauncher.resume(run, expecting: recipe) : try RunLauncher.begin(recipe, in: run)
        if try launcher.isFinished { return true }
        return try await execute(launcher)
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

    // MARK: Where things are

    private var baseFolder: RunFolder { RunFolder(runs.appendingPathComponent("base-\(baseDigest.prefix(8))").path) }

    private func runFolder(of cell: StudyCell) throws -> RunFolder {
        RunFolder(runs.appendingPathComponent("\(cell)-\(try digest(of: cell).prefix(8))").path)
    }

    private var baseDigest: String { ContentHash(of: Array(folder.base.resolvedYAML().utf8)).hexadecimal }

    /// The hash of a cell's recipe, in which the hash of what its model comes from stands for the model's file.
    private func digest(of cell: StudyCell) throws -> String {
        let model = try folder.study.parent(of: cell).map { try digest(of: $0) } ?? baseDigest
        let recipe = try folder.study.recipe(of: cell, model: model, base: baseDigest).resolvedYAML()
        let keeps = folder.study.method(of: cell).keeps.rawValue
        return String(ContentHash(of: Array("\(recipe)keeps: \(keeps)\n".utf8)).hexadecimal.prefix(16))
    }
}
