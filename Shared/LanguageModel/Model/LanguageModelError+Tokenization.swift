import Tokenization

extension LanguageModelError {
    /// Runs what reads a tokenizer, and makes its error one of this module's.
    static func translating<T>(_ body: () throws(TokenizationError) -> T) throws(LanguageModelError) -> T {
        do throws(TokenizationError) {
            return try body()
        } catch {
            throw LanguageModelError(error.code == .malformed ? .malformedFile : .unsupportedModel, error.message)
        }
    }
}
