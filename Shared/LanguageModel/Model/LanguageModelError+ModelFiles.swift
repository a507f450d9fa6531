internal import ModelFiles

extension LanguageModelError {
    /// Runs what reads or writes files, and makes its error one of this module's.
    static func translating<T>(_ body: () throws(ModelFilesError) -> T) throws(LanguageModelError) -> T {
        do throws(ModelFilesError) {
            return try body()
        } catch {
            throw LanguageModelError(code(error.code), error.message)
        }
    }

    private static func code(_ code: ModelFilesError.Code) -> Code {
        switch code {
        case .inputOutput: .inputOutput
        case .malformedFile: .malformedFile
        case .unsupportedFile: .unsupportedModel
        case .unrepresentableNumber: .unrepresentableNumber
        }
    }
}
