import ArgumentParser
import Foundation
import OperatorCore
import Recipe
import ServiceKit

struct StudyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "study", abstract: "Measures methods against each other: a grid of runs.",
        discussion: """
            Runs each cell of STUDY.yaml, a method with a number of problems and a seed, that has no result yet, and adds a line to \
            STUDY.results.jsonl beside it. Ctrl-C drains the run of the cell; the same command goes on with it. --report works out \
            what the results say. docs/studies.md has the keys.

            Example: eightfold study docs/studies/eight-fold/development.yaml --methods sft,rft-1
            """)

    @Argument(help: "The study's file.")
    var study: String

    @Option(help: ArgumentHelp("The folder of the cells' runs. Default: runs/studies.", valueName: "folder"))
    var runs: String?

    @Option(help: ArgumentHelp("Only these methods, with commas between them.", valueName: "names"))
    var methods: String?

    @Option(help: ArgumentHelp("Only these numbers of problems.", valueName: "numbers"))
    var sizes: String?

    @Option(help: ArgumentHelp("Only these seeds.", valueName: "numbers"))
    var seeds: String?

    @Flag(help: "Writes tables, a page of HTML and plots beside the results, and runs nothing.")
    var report = false

    @Option(
        help: ArgumentHelp("With --report: what methods are compared with. Default: the first.", valueName: "method"))
    var baseline: String?

    @Flag(help: "Prints the cells that would be run, and the folders of their runs, and ends.")
    var dryRun = false

    func run() async throws {
        let folder = try StudyFolder(file: study)
        let isWanted = try filter(folder.study)
        if report {
            for file in try folder.writeReport(where: isWanted, baseline: baseline) { show(file.path) }
            return
        }
        let run = StudyRun(folder, runs: runs ?? "runs/studies", machine: HostMeasures.processor)
        if dryRun {
            for cell in try run.pending(where: isWanted) { show("\(cell)  \(try run.runFolder(of: cell).url.path)") }
            return
        }
        let isDone = try await run.run(where: isWanted, tell: show) { launcher in
            try await supervise(launcher, Supervisor.Options(executables: .executables))
        }
        guard isDone else {
            show("The study is not finished. Go on with it by the same command.")
            throw ExitCode(128 + SIGINT)
        }
    }

    private func filter(_ study: Study) throws -> (StudyCell) -> Bool {
        let methods = try chosen(methods, among: study.methods.map(\.name), "--methods")
        let sizes = try chosen(sizes, among: study.sizes.map(String.init), "--sizes")
        let seeds = try chosen(seeds, among: study.seeds.map(String.init), "--seeds")
        return { methods.contains($0.method) && sizes.contains("\($0.size)") && seeds.contains("\($0.seed)") }
    }

    private func chosen(_ list: String?, among all: [String], _ option: String) throws -> Set<String> {
        guard let list else { return Set(all) }
        let names = list.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        if let unknown = names.first(where: { !all.contains($0) }) {
            throw ValidationError("\(option) are among \(all.joined(separator: ", ")) of the study; got \(unknown).")
        }
        return Set(names)
    }
}
