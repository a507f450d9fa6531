/// Where the model that a run starts from comes from.
public enum ModelSource: Sendable, Equatable {
    /// A GGUF file or a Hugging Face folder, by its path.
    case file(String)
    /// A model with random weights, made at the start of the run.
    case new(NewModel)
}

extension ModelSource: RecipeSection {
    init() { self = .new(NewModel()) }

    static var choosesOneKey: Bool { true }

    static var keys: [Key<ModelSource>] {
        [
            .choice(
                "from", .path,
                "A GGUF file or a Hugging Face folder to start from; a relative path is taken from the current folder.",
                make: ModelSource.file,
                get: { if case .file(let path) = $0 { path } else { nil } }),
            .choice(
                "new", "A Llama-family model with random weights and bytes as tokens.",
                make: ModelSource.new,
                get: { if case .new(let model) = $0 { model } else { nil } }),
        ]
    }
}
