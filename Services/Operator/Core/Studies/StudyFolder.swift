import Basics
public import Foundation
public import Recipe
import ServiceKit
public import Studies

/// A study and the results that lie beside its file.
public struct StudyFolder: Sendable {
    /// The study.
    public let study: Study
    /// The recipe of the model that methods begin with.
    public let base: Recipe
    private let file: URL
    /// The problems of all cells, with the hashes of their files.
    private let problems: ProblemSettings
    /// The hash of the base's recipe, and of the file that its model comes from.
    let baseDigest: String

    /// Reads a study's file and the recipe of its base.
    ///
    /// - Throws: `ServiceError` of code `input`, or `RecipeError` with every fault.
    public init(file path: String) throws {
        file = URL(fileURLWithPath: path)
        guard let text = try? String(contentsOf: file, encoding: .utf8) else {
            throw ServiceError(
                .input, "A study is a readable file of UTF-8 text; \(path) is not. Check the path and its permissions.")
        }
        study = try Study(yaml: text, file: path)
        let base = try Recipe(contentsOf: file.deletingLastPathComponent().appendingPathComponent(study.base).path)
        self.base = base
        var settled = Recipe()
        settled.problems = try study.recipe(of: study.cells[0], model: "base", base: nil).problems
        problems = try RunDataSets(settled).recipe.problems
        var origin = Self.resultsText(of: try RunDataSets(base).recipe)
        if case .file(let path) = base.model { origin += try Self.hashes(of: path) }
        baseDigest = Self.hash(origin)
    }

    /// A file beside the study's.
    public func file(_ name: String) -> URL { file.deletingLastPathComponent().appendingPathComponent(name) }

    /// Where results are: a study `grid.yaml` has them in `grid.results.jsonl`, so that a folder has room for several.
    public var resultsFile: URL { file("\(stem).results.jsonl") }

    /// The name of the study's file without its ending.
    public var stem: String { file.deletingPathExtension().lastPathComponent }

    /// The results of the study's cells, the newest of each; lines of other recipes are left out.
    ///
    /// - Throws: `StudyError` that names a line which is none, or an error of Foundation's if there is a file that cannot be read.
    public func results() throws -> [CellResult] {
        guard FileManager.default.fileExists(atPath: resultsFile.path) else { return [] }
        var newest: [String: CellResult] = [:]
        for result in try CellResult.read(jsonLines: Data(contentsOf: resultsFile)) {
            newest["\(StudyCell(result)) \(result.digest)"] = result
        }
        return try study.cells.compactMap { newest["\($0) \(try digest(of: $0))"] }
    }

    /// Adds a line to the results, on the disk when this returns.
    func add(_ result: CellResult) throws {
        if !FileManager.default.fileExists(atPath: resultsFile.path) { try Data().write(to: resultsFile) }
        let handle = try FileHandle(forUpdating: resultsFile)
        defer { try? handle.close() }
        // A line that was cut off by a kill would spoil the next one.
        try handle.truncate(atOffset: UInt64(CellResult.wholeLinesLength(of: try handle.readToEnd() ?? Data())))
        try handle.write(contentsOf: result.jsonLine)
        try handle.synchronize()
    }

    // MARK: What results are known by

    /// The hash of a cell's recipe, in which the hash of what its model comes from stands for the model's file. What of services and the
    /// hub has no influence on results is not in it: another machine may have others.
    public func digest(of cell: StudyCell) throws -> String {
        let model = try study.parent(of: cell).map { try digest(of: $0) } ?? baseDigest
        var recipe = try study.recipe(of: cell, model: model, base: baseDigest)
        recipe.problems = problems
        return Self.hash("\(Self.resultsText(of: recipe))keeps: \(study.method(of: cell).keeps.rawValue)\n")
    }

    private static func resultsText(of recipe: Recipe) -> String {
        var recipe = recipe
        let services = recipe.services
        recipe.services = ServiceSettings()
        recipe.services.sampler.precision = services.sampler.precision
        recipe.services.learner.precision = services.learner.precision
        let fanOut = recipe.hub.fanOutPerProblem
        recipe.hub = HubSettings()
        recipe.hub.fanOutPerProblem = fanOut
        // Results of 32 bits were measured before a recipe could name another precision, and stay known by the same hash.
        return recipe.resolvedYAML().replacing("    precision: fp32\n", with: "")
    }

    /// The hashes of a model's file, or of the files of its folder.
    private static func hashes(of path: String) throws -> String {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw ServiceError(
                .input, "The base's model must be a file or a folder; there is no \(path). Check the path.")
        }
        let url = URL(fileURLWithPath: path)
        let names = isFolder.boolValue ? try FileManager.default.contentsOfDirectory(atPath: path).sorted() : []
        let files = isFolder.boolValue ? names.map { url.appendingPathComponent($0) } : [url]
        return try files.map { "\(try ContentHash(ofFile: $0).hexadecimal)\n" }.joined()
    }

    private static func hash(_ text: String) -> String {
        String(ContentHash(of: Array(text.utf8)).hexadecimal.prefix(16))
    }

    // MARK: The report

    /// Writes what the results say beside them: tables, a page, and plots as specifications; returns the files.
    ///
    /// - Parameters:
    ///   - isWanted: which cells are in it.
    ///   - baseline: the method that others are compared with; nil for the first.
    /// - Throws: `ServiceError` of code `input` if there are no results or no method is called so; `StudyError` if the cells share no
    ///   seed, or a line of results is none.
    public func writeReport(where isWanted: (StudyCell) -> Bool, baseline: String?) throws -> [URL] {
        let baseline = baseline ?? study.methods[0].name
        guard study.methods.contains(where: { $0.name == baseline }) else {
            let names = study.methods.map(\.name).joined(separator: ", ")
            throw ServiceError(.input, "The baseline is a method of the study, \(names); got \(baseline).")
        }
        let results = try results()
        guard results.contains(where: { isWanted(StudyCell($0)) }) else {
            throw ServiceError(
                .input,
                "There are no results of these cells in \(resultsFile.path) yet. Run the study first: eightfold study \(file.path)."
            )
        }
        let report = try StudyReport(
            name: study.name, methods: study.methods.map { ($0.name, $0.after) }, baseline: baseline, results: results,
            source: resultsFile.lastPathComponent
        ) { isWanted(StudyCell($0)) }
        let plots = try report.plots
        var contents = plots.map { ("\(stem).\($0.key).vl.json", $0.value) }
        contents.append(("\(stem).results.md", Data(report.markdown.utf8)))
        contents.append(("\(stem).results.html", Data(report.page(plots: plots.keys.map { "\(stem).\($0)" }).utf8)))
        return try contents.map { name, data in
            try data.write(to: file(name), options: .atomic)
            return file(name)
        }
    }
}

extension StudyCell {
    init(_ result: CellResult) {
        self.init(method: result.method, size: result.size, seed: result.seed)
    }
}
