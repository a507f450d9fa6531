public import ArgumentParser
public import LanguageModel
public import OperatorCore

struct BenchWorkCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "work",
        abstract: "Measures one piece of the engine's work with a model, once.",
        discussion: """
            deploy/compare-peers.sh runs it in turn with other engines. decode: 128 tokens of each sequence after a prompt \
            of 128, which is not counted. continue: 32 continuations of one prefix. prompt: 512 tokens. train, lora, dpo: a \
            whole step on 8 sequences, or pairs, of 256 tokens.

            Example: eightfold bench work decode --model models/smollm2-135m.gguf --precision bf16 --sequences 32
            """)

    @Argument(help: "What is done.")
    var work: WorkBench.Work

    @Option(help: ArgumentHelp("The model, GGUF or a Hugging Face folder.", valueName: "path"))
    var model: String

    @Option(help: "How products' operands are held; int8 trains nothing.")
    var precision: Precision = .fp32

    @Option(help: "Sequences that are decoded at once, 1 to 4096; 16 without it. Of decode alone.")
    var sequences: Int?

    @Flag(help: "Prints one JSON object.")
    var json = false

    @OptionGroup var threads: ThreadsOption

    func validate() throws {
        if let sequences {
            if let fixed = work.fixedSequences {
                throw ValidationError("\(work.rawValue) always has \(fixed) sequences. Leave out --sequences.")
            }
            guard (1...4_096).contains(sequences) else {
                throw ValidationError("--sequences is 1 to 4096; got \(sequences).")
            }
        }
        if precision == .int8, [.train, .lora, .dpo].contains(work) {
            throw ValidationError("Training has no int8 products. Choose --precision fp32 or bf16.")
        }
    }

    func run() throws {
        let plan = WorkBench.Plan(
            work: work, precision: precision, decoded: sequences ?? 16, threadCount: threads.count)
        let report = try WorkBench(plan) { [model] in try Model.load(model) }.run()
        show(json ? report.json.json : report.text)
    }
}

extension WorkBench.Work: ExpressibleByArgument {}
extension Precision: ExpressibleByArgument {}
