import Foundation

extension RunFolder {
    /// The folder of runs that a command without a named one means, in the current folder.
    public static let home = "runs"

    /// The run that a command is about: the named one; without a name the latest that was started from here, which
    /// `runs/latest` links to; without that link the newest folder of a run in `runs/`.
    ///
    /// - Throws: `ServiceError` of code `input` if no run was named and there is none.
    public static func chosen(_ path: String?, home: String = home) throws -> RunFolder {
        if let path { return RunFolder(path) }
        let latest = RunFolder(URL(fileURLWithPath: "\(home)/latest").resolvingSymlinksInPath().path)
        if latest.hasState { return latest }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: home)) ?? []
        let runs = names.map { RunFolder("\(home)/\($0)") }.filter(\.hasState)
        guard let newest = runs.max(by: { $0.begun < $1.begun }) else {
            throw ServiceError(
                .input,
                "No run was started from here. Name one with --run, or start one with `eightfold run RECIPE.yaml`.")
        }
        return newest
    }

    /// Makes this the run that a command without a named one is about: the target of the link `runs/latest`.
    ///
    /// A link that cannot be made costs a `--run` and no run, so nothing is thrown. What is no link is left alone.
    public func markLatest(home: String = home) {
        let link = "\(home)/latest"
        let isOther = FileManager.default.fileExists(atPath: link) && !Self.isLink(link)
        // A run elsewhere is no reason to make `runs/` here.
        guard !isOther, FileManager.default.fileExists(atPath: home) else { return }
        try? FileManager.default.removeItem(atPath: link)
        try? FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: url.standardizedFileURL.path)
    }

    /// When the run was begun; the distant past if that is not known.
    private var begun: Date {
        let attributes = try? FileManager.default.attributesOfItem(atPath: recipe.path)
        return attributes?[.modificationDate] as? Date ?? .distantPast
    }

    private static func isLink(_ path: String) -> Bool {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil
    }
}
