import ArgumentParser
import Foundation
import LanguageModel
import OperatorCore

struct SolveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "solve",
        abstract: "Solves one question with a model, and prints the solution while it is decoded.",
        discussion: """
            The question is put as the model's chat template has it, and as a line of its own to a model without one. A \
            solution that was cut is told on standard error.

            Example: eightfold solve --model models/smollm2-135m.gguf "A box holds 3 rows of 4 eggs. How many eggs?"
            """)

    @Option(help: ArgumentHelp("The GGUF file or the Hugging Face folder.", valueName: "path"))
    var model: String

    @Argument(help: "What is asked.")
    var question: String

    @Option(help: "What logits are divided by; 0 takes the likeliest token.")
    var temperature: Float = 0

    @Option(help: "The longest solution, in tokens.")
    var maxTokens = 512

    @Option(help: "What is drawn at random follows from it.")
    var seed: UInt64 = 1

    @OptionGroup var threads: ThreadsOption

    func validate() throws {
        guard !question.isEmpty else { throw ValidationError("A question is at least one letter long; got none.") }
    }

    func run() throws {
        let settings = try DecodingSettings(temperature: temperature, maximumNewTokens: maxTokens)
        let solver = Solver(try ModelFile.load(model), settings: settings, seed: seed, threadCount: threads.count)
        var last: Character?
        let rollout = try solver.solve(question) { text in
            FileHandle.standardOutput.write(Data(text.utf8))
            last = text.last ?? last
        }
        if last != "\n" { show("") }
        guard rollout.finish == .length else { return }
        let isCutByOption = rollout.tokens.count == maxTokens
        remark(
            "The solution was cut after \(rollout.tokens.count) tokens"
                + (isCutByOption ? "; --max-tokens allows more." : ", where the model's context ends."))
    }
}
