public import ModelFiles

extension Model {
    /// Stands in for the writer of Hugging Face folders; goes when that does.
    public func writeHuggingFace(_ folder: String, storage: TensorStorage) throws(LanguageModelError) {
        throw LanguageModelError(.unsupportedModel, "Hugging Face folders are not written yet.")
    }
}
