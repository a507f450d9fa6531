import ArgumentParser
import Mathematics
import OperatorCore
import Recipe
// Mathematics has one, too; the recipe's has the spellings.
import enum Recipe.AnswerRule

struct EvalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval", abstract: "Measures how well a model file solves problems that nothing was trained on.",
        discussion: """
            Prints the accuracy of greedy rollouts with its 95% interval; with --samples above 1 also, at the temperature, \
            the mean reward (mean), the credit of a majority vote (maj@K) and the share of problems that at least one sample \
            solves (pass@K). Those of a family are of the test split; with a run's seed they are those that the run evaluates on.

            Example: eightfold eval --model small.gguf --problems arithmetic:steps=2..4,style=symbols --limit 500 --samples 8
            """)

    @Option(help: ArgumentHelp("The GGUF file or the Hugging Face folder.", valueName: "path"))
    var model: String

    @Option(
        help: ArgumentHelp(
            "The problem family and its dials, FAMILY:DIAL=VALUE,DIAL=VALUE, or the file of a data set, FILE.jsonl.",
            valueName: "spec"))
    var problems = "arithmetic"

    @Option(help: "How many problems.")
    var limit = 1_000

    @Option(help: "K: samples of each problem; 1 for the greedy rollout alone.")
    var samples = 1

    @Option(help: "The temperature of the samples.")
    var temperature: Float = 1

    @Option(help: "The longest solution, in tokens.")
    var maxTokens = EvaluateStage().maximumTokens

    @Option(
        help: ArgumentHelp(
            "How answers are found: strict (the line ####), stated (also \\boxed{} or \"the answer is\"), last-number (the line, else the last number) or anywhere.",
            valueName: "rule"))
    var answers = AnswerRule.strict.rawValue

    @Option(help: "Problems and samples follow from it.")
    var seed: UInt64 = 1

    @Flag(help: "Prints one JSON object.")
    var json = false

    @OptionGroup var threads: ThreadsOption

    func validate() throws {
        guard (1...10_000_000).contains(limit) else { throw ValidationError("--limit is 1 to 10000000; got \(limit).") }
        guard (1...10_000).contains(samples) else { throw ValidationError("--samples is 1 to 10000; got \(samples).") }
        _ = try rule()
    }

    private func rule() throws -> Mathematics.AnswerRule {
        guard let rule = Mathematics.AnswerRule(rawValue: answers) else {
            let names = Mathematics.AnswerRule.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--answers is one of \(names); got \(answers).")
        }
        return rule
    }

    func run() throws {
        let problems = Array(try ProblemsSpec(problems).problems(seed: seed, count: limit))
        let evaluation = try ModelEvaluation(
            try ModelFile.load(model), on: problems,
            ModelEvaluation.Plan(
                sampleCount: samples, temperature: temperature, maximumTokens: maxTokens,
                answers: try rule(), seed: seed, threadCount: threads.count))
        show(json ? evaluation.json.json : evaluation.text)
    }
}
