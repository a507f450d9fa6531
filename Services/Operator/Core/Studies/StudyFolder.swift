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
        base = try Recipe(contentsOf: file.deletingLastPathComponent().appendingPathComponent(study.base).path)
    }

    /// A file beside the study's.
    public func file(_ name: String) -> URL { file.deletingLastPathComponent().appendingPathComponent(name) }

    /// Where results are: a study `grid.yaml` has them in `grid.results.jsonl`, so that a folder has room for several.
    public var resultsFile: URL { file("\(stem).results.jsonl") }

    /// The name of the study's file without its ending.
    public var stem: String { file.deletingPathExtension().lastPathComponent }

    /// The results there are, the newest of each cell.
    public func results() throws -> [CellResult] {
        guard let data = try? Data(contentsOf: resultsFile) else { return [] }
        var newest: [StudyCell: CellResult] = [:]
        for result in try CellResult.read(jsonLines: data) { newest[StudyCell(result)] = result }
        return study.cells.compactMap { newest[$0] }
    }

    /// Adds a line to the results, on the disk when this returns.
    func add(_ result: CellResult) throws {
        let line = try result.jsonLine + Data("\n".utf8)
        if !FileManager.default.fileExists(atPath: resultsFile.path) { try Data().write(to: resultsFile) }
        let handle = try FileHandle(forWritingTo: resultsFile)
        defer { try? handle.close() }
        try handle.seekToEnd()
        try handle.write(contentsOf: line)
        try handle.synchronize()
    }

    /// Writes what the results say beside them: tables, a page, and plots as specifications; returns the files.
    ///
    /// - Parameter baseline: the method that others are compared with; nil for the first.
    public func writeReport(baseline: String?) throws -> [URL] {
        let baseline = baseline ?? study.methods[0].name
        guard study.methods.contains(where: { $0.name == baseline }) else {
            let names = study.methods.map(\.name).joined(separator: ", ")
            throw ServiceError(.input, "The baseline is a method of the study, \(names); got \(baseline).")
        }
        let results = try results()
        guard !results.isEmpty else {
            throw ServiceError(
                .input,
                "There are no results in \(resultsFile.path) yet. Run the study first: eightfold study \(file.path).")
        }
        let report = StudyReport(
            name: study.name, methods: study.methods.map { ($0.name, $0.after) }, baseline: baseline, results: results)
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
