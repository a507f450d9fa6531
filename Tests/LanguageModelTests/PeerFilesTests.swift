import Foundation
import ModelFiles
import Testing
import Tokenization

@testable import LanguageModel

private let peerFolder = ProcessInfo.processInfo.environment["EIGHTFOLD_PEER_FOLDER"]

/// Writes what `Tests/Peers/compare_models.py` compares with other engines: models, adapters, and our values of each.
@Suite(.enabled(if: peerFolder != nil), .serialized) struct `PeerFiles` {
    /// What a log-probability may differ by: `plain` in engines that compute in 32 bits with the file's weights,
    /// `rounding` in llama.cpp, which rounds what a shorter weight is multiplied by as well.
    private struct Kind {
        let storage: TensorStorage
        let plain: Float
        let rounding: Float
    }

    private struct Case: Encodable {
        let model: String
        let adapter: String?
        let tolerance: Float
        let llamaCppTolerance: Float
        let sequences: [Scored]
    }

    private struct Scored: Encodable {
        let tokens: [Token]
        let first: Int
        let logprobs: [Float]
        let text: String?
        let question: String?
    }

    private let folder: URL

    init() throws {
        folder = URL(filePath: try #require(peerFolder))
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    @Test func `a random model is written in every way for other engines to compare`() throws {
        let shape = TestShapes.shape(width: 64, layers: 2, heads: 4, keyValueHeads: 2, inner: 96)
        let kinds = [
            Kind(storage: .float32, plain: 1e-4, rounding: 1e-4), Kind(storage: .float16, plain: 1e-4, rounding: 2e-2),
            Kind(storage: .bfloat16, plain: 1e-4, rounding: 1e-1), Kind(storage: .q80, plain: 1e-4, rounding: 3e-1),
        ]
        try write(
            "random", try testModel(shape), kinds: kinds,
            batch: randomBatch(6, lengths: 4...24, seed: 31), question: nil)
    }

    @Test(.enabled(if: SmolLM2.isHere, "\(SmolLM2.remedy)"))
    func `SmolLM2 is written in every way for other engines to compare`() throws {
        let model = try SmolLM2.model.get()
        let reference = try SmolLM2Reference(SmolLM2.references[0])
        let prompt = reference.prompts[reference.continuation.promptIndex]
        let kinds = [
            Kind(storage: .float32, plain: 1e-3, rounding: 1e-3), Kind(storage: .float16, plain: 1e-3, rounding: 5e-2),
            Kind(storage: .bfloat16, plain: 1e-3, rounding: 3e-1), Kind(storage: .q80, plain: 1e-3, rounding: 1),
        ]
        try write(
            "smollm2", model, kinds: kinds,
            batch: PackedBatch([TokenSequence(prompt: prompt.tokenIDs, continuation: reference.continuation.tokenIDs)]),
            question: prompt.user)
    }

    /// Writes GGUF files, a folder, and an adapter for both, with a case for each.
    private func write(_ name: String, _ model: Model, kinds: [Kind], batch: PackedBatch, question: String?) throws {
        var cases: [Case] = []
        func append(_ file: String, adapter: String? = nil, _ kind: Kind, scoredBy model: Model? = nil) throws {
            // What was written is what is scored: fewer bits than the model had, perhaps.
            let model = try model ?? Model.load(folder.appending(path: file).path)
            let scores = try Scorer(model: model, threadCount: 1).logProbabilities(of: batch)
            let sequences = zip(batch.sequences, scores).map { sequence, logProbabilities in
                let bytes = sequence.tokens.flatMap { model.tokenizer.bytes(of: $0) }
                return Scored(
                    tokens: sequence.tokens, first: sequence.targets.lowerBound, logprobs: logProbabilities,
                    text: question == nil ? nil : String(decoding: bytes, as: UTF8.self), question: question)
            }
            cases.append(
                Case(
                    model: file, adapter: adapter, tolerance: kind.plain, llamaCppTolerance: kind.rounding,
                    sequences: sequences))
        }
        for kind in kinds {
            let file = "\(name)-\(kind.storage.name.lowercased()).gguf"
            try model.write(folder.appending(path: file).path, storage: kind.storage)
            try append(file, kind)
        }
        try model.writeHuggingFace(folder.appending(path: name).path)
        try append(name, kinds[0])

        let adapter = Adapter(
            try AdapterSettings(rank: 4, alpha: 8, targets: [.query, .value, .down]), shape: model.shape, seed: 5)
        for (index, value) in randomFloats(adapter.parameterCount, seed: 6, scale: 0.05).enumerated() {
            adapter.parameters.start[index] = value
        }
        let adapted = try Trainer(
            model: model, settings: AdamW(schedule: LearningRateSchedule(peak: 1e-5)), adapter: adapter, threadCount: 1
        ).model()
        try adapter.write(folder.appending(path: "\(name)-adapter.gguf").path)
        try adapter.writePEFT(folder.appending(path: "\(name)-adapter").path, base: name)
        try append("\(name)-f32.gguf", adapter: "\(name)-adapter.gguf", kinds[0], scoredBy: adapted)
        try append(name, adapter: "\(name)-adapter", kinds[0], scoredBy: adapted)

        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        let lines = try cases.map { String(decoding: try encoder.encode($0), as: UTF8.self) + "\n" }
        try lines.joined().write(
            to: folder.appending(path: "\(name).jsonl"), atomically: true, encoding: .utf8)
    }
}
