import ArgumentParser
import LanguageModel
import OperatorCore
import Recipe

struct InitModelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init-model", abstract: "Writes a model with random weights: a GGUF file with bytes as tokens.",
        discussion: """
            The same sizes and seed give the same file. llama.cpp loads it, and a recipe starts from it with \
            `model: {from: FILE}`.

            Example: eightfold init-model --to small.gguf --width 128 --layers 4
            """)

    @Option(help: ArgumentHelp("The new file.", valueName: "file"))
    var to: String

    @Option(help: "Channels of the residual stream; a multiple of twice the heads.")
    var width = NewModel().width

    @Option(help: "Transformer blocks.")
    var layers = NewModel().layers

    @Option(help: "Query heads.")
    var heads = NewModel().heads

    @Option(help: "Key and value heads; they divide the query heads. Default: as many.")
    var keyValueHeads: Int?

    @Option(help: "Channels inside a feed-forward block.")
    var feedForwardWidth = NewModel().feedForwardWidth

    @Option(help: "The longest sequence, in tokens.")
    var contextLength = NewModel().contextLength

    @Option(help: "What the weights are drawn from.")
    var seed: UInt64 = 1

    func run() throws {
        var shape = NewModel()
        shape.width = width
        shape.layers = layers
        shape.heads = heads
        shape.keyValueHeads = keyValueHeads ?? heads
        shape.feedForwardWidth = feedForwardWidth
        shape.contextLength = contextLength
        let model = try ModelFile.make(shape, seed: seed, at: to)
        show("\(to) has \(model.shape.parameterCount) parameters.")
    }
}
