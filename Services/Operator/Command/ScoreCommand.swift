import ArgumentParser
import OperatorCore

struct ScoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "score", abstract: "Prints the log-probability that a model file gives each token of a text.",
        discussion: """
            Each line of the cases is {"prompt": …, "continuation": …}; the two are encoded apart, no token is added, and \
            the spelling of a special token is that token. For each, in order, one line is printed: \
            {"tokens": […], "logprobs": […]} of the continuation, as natural logarithms.

            Example: eightfold score --model small.gguf --cases cases.jsonl
            """)

    @Option(help: ArgumentHelp("The GGUF file or the Hugging Face folder.", valueName: "path"))
    var model: String

    @Option(help: ArgumentHelp("The cases.", valueName: "file"))
    var cases: String

    @Flag(help: "Prints nothing but these lines; else a summary follows on standard error.")
    var json = false

    @OptionGroup var threads: ThreadsOption

    func run() throws {
        let cases = try ScoreCase.read(cases)
        var (tokenCount, sum) = (0, 0.0)
        try CaseScore.score(cases, try ModelFile.load(model), threadCount: threads.count) { score in
            show(score.json.json)
            tokenCount += score.tokens.count
            sum += score.logProbabilities.reduce(0) { $0 + Double($1) }
        }
        if !json {
            remark(
                "\(cases.count) cases, \(tokenCount) tokens, mean log-probability \(sum / Double(max(1, tokenCount))) a token"
            )
        }
    }
}
