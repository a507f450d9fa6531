import ArgumentParser
import Evolution
import Foundation
import Mathematics
import OperatorCore
import Problems

struct EvolveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evolve", abstract: "Makes new problems of a data set's questions by asking a model.",
        discussion: """
            Each question is rewritten by the strategies of MuggleMath. The model solves each new question several times, and \
            the answer that enough solutions agree on is kept with one of them. What is kept is a data set that a recipe can \
            name, and each problem in it tells what it was evolved from. A policy is asked by the file that `eightfold export` makes.

            Example: eightfold evolve data/gsm8k/train.jsonl --model models/smollm2-135m.gguf --limit 20 --to evolved.jsonl
            """)

    @Argument(
        help: ArgumentHelp(
            "The data set to begin with, or a family whose answer is checked, FAMILY:DIAL=VALUE…", valueName: "problems"
        ))
    var seeds: String

    @Option(help: ArgumentHelp("The GGUF file or the Hugging Face folder.", valueName: "path"))
    var model: String

    @Option(help: ArgumentHelp("The new data set.", valueName: "file"))
    var to: String

    @Option(help: ArgumentHelp("A new file of the refused questions, each with the reason.", valueName: "file"))
    var refused: String?

    @Option(
        help: ArgumentHelp("A data set that no new question may come near to: what is evaluated on.", valueName: "file")
    )
    var heldOut: String?

    @Option(help: "How many problems, drawn by the seed. Default: all of a data set, 100 of a family.")
    var limit: Int?

    @Option(help: "Some of the strategies, joined by +. Default: all five.")
    var strategies: String?

    @Option(help: "How many times strategies are applied one after another.")
    var generations = 1

    @Option(help: "K: how many times each new question is solved.")
    var paths = 8

    @Option(help: "The least share of the K solutions that must agree.")
    var agreement = 0.5

    @Option(help: "The temperature of questions and solutions.")
    var temperature = 0.7

    @Option(help: "The longest solution, in tokens.")
    var maxTokens = 512

    @Flag(help: "Asks for solutions as a policy was taught: by the question alone, with the answer on the line ####.")
    var asTaught = false

    @Option(help: "What is drawn at random follows from it.")
    var seed: UInt64 = 1

    @OptionGroup var threads: ThreadsOption

    func validate() throws {
        guard limit.map({ (1...10_000_000).contains($0) }) ?? true else {
            throw ValidationError("--limit is 1 to 10000000; got \(limit ?? 0).")
        }
        _ = try settings()
    }

    private func settings() throws -> TextEvolution.Settings {
        var settings = TextEvolution.Settings()
        if let strategies {
            settings.strategies = try strategies.split(separator: "+", omittingEmptySubsequences: false).map { name in
                guard let strategy = EvolutionStrategy(rawValue: String(name)) else {
                    let names = EvolutionStrategy.allCases.map(\.rawValue).joined(separator: ", ")
                    throw ValidationError("--strategies are some of \(names), joined by +; got \(strategies).")
                }
                return strategy
            }
        }
        settings.questionsPerParent = settings.strategies.count
        settings.generations = generations
        settings.paths = paths
        settings.minimumAgreement = agreement
        settings.temperature = temperature
        settings.solutionTokens = maxTokens
        settings.answers = asTaught ? .strict : .stated
        settings.seed = seed
        do {
            _ = try TextEvolution(settings)
        } catch {
            throw ValidationError("\(error)")
        }
        return settings
    }

    func run() async throws {
        let spec = try ProblemsSpec(seeds)
        let count = limit.map { min($0, spec.problemCount ?? $0) } ?? spec.problemCount ?? 100
        let seedSet = DataSet(problems: Array(try spec.problems(seed: seed, count: count, split: .train)))
        let heldOutSet = try heldOut.map { text in
            let held = try ProblemsSpec(text)
            return DataSet(problems: Array(try held.problems(seed: seed, count: held.problemCount ?? 1_000)))
        }
        for file in [to] + (refused.map { [$0] } ?? []) { try NewLinesFile.check(file) }
        let asked = EvolvingModel(try ModelFile.load(model), threadCount: threads.count, asksAsTaught: asTaught)
        let kept = try NewLinesFile(to)
        let refusals = try refused.map { try NewLinesFile($0) }
        let questions = try await TextEvolution(try settings()).evolve(
            seedSet, heldOut: heldOutSet, model: { try asked.replies(to: $0) },
            decided: { question in
                if let problem = question.problem { try kept.write(try problem.jsonLine()) }
                if let refusal = question.refusalJSON { try refusals?.write(refusal.json) }
            })
        show(EvolutionReport(questions).text)
    }
}
