import ArgumentParser
import OperatorCore
import Problems

struct ProblemsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "problems", abstract: "Prints problems of a family or a data set, or what they are like.",
        discussion: """
            A line of JSON for each problem, as a data set has them: {"question": …, "answer": …, "level": …}. Of families \
            whose problems are checked by their answer the lines are a data set that a recipe can name. docs/algorithms.md lists the families and their dials.

            Example: eightfold problems words:operations=3..4 --limit 5 --show
            Example: eightfold problems arithmetic --limit 5000 --stats
            """)

    @Argument(
        help: ArgumentHelp(
            "A family, or FAMILY:DIAL=VALUE,DIAL=VALUE…, or a data set's .jsonl file.", valueName: "problems"))
    var spec: String

    @Option(help: "How many problems; a data set's default is all of them.")
    var limit: Int?

    @Option(help: "train, test, range-shift or form-shift; of a family. Default: train.")
    var split: String?

    @Option(help: "Problems follow from it.")
    var seed: UInt64 = 1

    @Flag(name: .customLong("show"), help: "Prints them for people.")
    var isForPeople = false

    @Flag(help: "Prints counts instead: levels, duplicates, and questions that other splits have too.")
    var stats = false

    @Option(
        help: ArgumentHelp(
            "With --stats: other problems, whose questions should not be among these, such as a data set's test file.",
            valueName: "problems"))
    var against: [String] = []

    @Flag(help: "With --stats: prints one JSON object.")
    var json = false

    func validate() throws {
        guard limit.map({ (1...10_000_000).contains($0) }) ?? true else {
            throw ValidationError("--limit is 1 to 10000000; got \(limit ?? 0).")
        }
        guard split.map({ ProblemSplit(rawValue: $0) != nil }) ?? true else {
            let names = ProblemSplit.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--split is one of \(names); got \(split ?? "").")
        }
        guard !isForPeople || !stats else {
            throw ValidationError("--show prints problems and --stats counts; take one.")
        }
        guard stats || (against.isEmpty && !json) else {
            throw ValidationError("--against and --json go with --stats.")
        }
    }

    func run() throws {
        let source = try ProblemsSpec(spec)
        let count = limit ?? source.problemCount ?? (stats ? 1_000 : 10)
        guard split == nil || source.problemCount == nil else {
            throw ValidationError("--split is of a family; \(spec) is a data set, whose splits are files of their own.")
        }
        let split = split.flatMap(ProblemSplit.init) ?? .train
        let problems = try source.problems(seed: seed, count: count, split: split)
        guard stats else {
            for problem in problems { show(isForPeople ? problem.shown + "\n" : problem.json.json) }
            return
        }
        var others = try source.splits.filter { $0 != split }.map { other in
            (other.rawValue, Array(try source.problems(seed: seed, count: count, split: other)))
        }
        for text in against {
            let other = try ProblemsSpec(text)
            others.append((text, Array(try other.problems(seed: seed, count: other.problemCount ?? count))))
        }
        let statistics = ProblemStatistics(Array(problems), against: others)
        show(json ? statistics.json.json : statistics.text)
    }
}
