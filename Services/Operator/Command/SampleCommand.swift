import ArgumentParser
import LanguageModel
import OperatorCore
import Tokenization

struct SampleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sample", abstract: "Samples rollouts of a prompt from a model file.",
        discussion: """
            The prompt is taken as it is, and the spelling of a special token is that token; a question of a problem family \
            ends with a newline. Each rollout is printed when it has ended; the same seed gives the same rollouts.

            Example: eightfold sample --model small.gguf --prompt $'7; +5; *2\\n' -n 4 --max-tokens 64 --seed 1
            """)

    @Option(help: ArgumentHelp("The GGUF file or the Hugging Face folder.", valueName: "path"))
    var model: String

    @Option(help: ArgumentHelp("What the rollouts continue.", valueName: "text"))
    var prompt: String

    @Option(name: .customShort("n"), help: ArgumentHelp("How many rollouts.", valueName: "count"))
    var count = 1

    @Option(help: "The longest rollout, in tokens.")
    var maxTokens = 128

    @Option(help: "What is drawn at random follows from it.")
    var seed: UInt64 = 1

    @Option(help: "What logits are divided by; 0 takes the likeliest token.")
    var temperature: Float = 1

    @Option(help: "Only the fewest likeliest tokens whose probabilities reach this sum are drawn from; 1 for all.")
    var topP: Float = 1

    @Option(help: "Only so many likeliest tokens are drawn from; 0 for all.")
    var topK = 0

    @Flag(help: "Prints one JSON object a rollout: index, text, tokens, logprobs, finish.")
    var json = false

    @OptionGroup var threads: ThreadsOption

    func validate() throws {
        guard (1...100_000).contains(count) else { throw ValidationError("-n is 1 to 100000; got \(count).") }
    }

    func run() throws {
        let settings = try DecodingSettings(
            temperature: temperature, topK: topK == 0 ? nil : topK, topP: topP, maximumNewTokens: maxTokens)
        let sampling = Sampling(
            try ModelFile.load(model), settings: settings, seed: seed, threadCount: threads.count)
        let tokenizer = sampling.tokenizer
        try sampling.run([tokenizer.encode(prompt, parsesSpecialTokens: true)], count: count) { rollout in
            let sampled = SampledText(rollout, tokenizer)
            if json {
                show(sampled.json.json)
            } else {
                if count > 1 { show("--- rollout \(sampled.index + 1) of \(count)") }
                show(sampled.text)
            }
        }
    }
}
