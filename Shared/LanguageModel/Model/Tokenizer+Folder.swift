import ModelFiles
import Tokenization

extension Tokenizer {
    /// Bytes of one of a tokenizer's files; the largest vocabularies in use take about 30 million.
    private static let largestFile = 1 << 26

    /// The tokenizer in a Hugging Face folder, filled up to the model's vocabulary.
    init(_ folder: InputFolder, vocabularySize: Int) throws(LanguageModelError) {
        func bytes(_ name: String) throws(LanguageModelError) -> [UInt8]? {
            guard folder.contains(name) else { return nil }
            return try LanguageModelError.translating { () throws(ModelFilesError) in
                try folder.bytes(name, largest: Self.largestFile)
            }
        }
        guard let tokenizer = try bytes("tokenizer.json") else {
            throw LanguageModelError(
                .unsupportedModel, "A Hugging Face folder must have a tokenizer.json; \(folder.path) has none.")
        }
        let config = try bytes("tokenizer_config.json")
        let template = try bytes("chat_template.jinja").map { String(decoding: $0, as: UTF8.self) }
        self = try LanguageModelError.translating { () throws(TokenizationError) in
            try Tokenizer(
                tokenizerJSON: tokenizer, configJSON: config, chatTemplate: template, filledUpTo: vocabularySize)
        }
    }
}
