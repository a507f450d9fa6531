import Foundation
public import LanguageModel
public import Recipe
import ServiceKit

/// Makes and reads the model files that commands work on.
public enum ModelFile {
    /// Writes a model with random weights and bytes as tokens; the same shape and seed give the same file.
    ///
    /// - Throws: `ServiceError` of code `input` if the file exists or cannot be written, or the sizes do not fit.
    public static func make(_ shape: NewModel, seed: UInt64, at path: String) throws -> Model {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw ServiceError(
                .input, "A model is written to a new file; \(path) exists. Remove it or name another one.")
        }
        do {
            let model = try Model.random(shape: ModelShape(shape), seed: seed)
            try model.write(path)
            return model
        } catch {
            throw ServiceError(.input, "The model \(path) cannot be made: \(error)")
        }
    }

    /// Reads a model.
    ///
    /// - Throws: `ServiceError` of code `input` if there is none that can be used.
    public static func load(_ path: String) throws -> Model {
        guard FileManager.default.isReadableFile(atPath: path) else {
            throw ServiceError(
                .input,
                "A model is a GGUF file or a Hugging Face folder; \(path) cannot be read. Fetch one with "
                    + "deploy/fetch-model.sh, or make one with `eightfold init-model --to \(path)`.")
        }
        do {
            return try Model.load(path)
        } catch {
            throw ServiceError(.input, "The model \(path) cannot be used: \(error)")
        }
    }
}
