import Foundation
import Testing

@testable import LanguageModel

private let peerFolder = ProcessInfo.processInfo.environment["EIGHTFOLD_PEER_FOLDER"]

/// Writes what `Tests/Peers/llama_cpp_logits.py` compares with llama.cpp.
@Suite(.enabled(if: peerFolder != nil)) struct `PeerFiles` {
    @Test func `a random model and its scores are written for other engines to compare`() throws {
        let folder = URL(filePath: try #require(peerFolder))
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let shape = TestShapes.shape(width: 64, layers: 2, heads: 4, keyValueHeads: 2, inner: 96)
        let model = try testModel(shape)
        try model.write(folder.appending(path: "model.gguf").path)
        let batch = randomBatch(6, lengths: 4...24, seed: 31)
        let scores = try Scorer(model: model, threadCount: 1).logProbabilities(of: batch)
        let lines = zip(batch.sequences, scores).map { sequence, logProbabilities in
            "{\"tokens\": \(sequence.tokens), \"first\": \(sequence.targets.lowerBound), "
                + "\"logprobs\": \(logProbabilities)}\n"
        }
        try lines.joined().write(to: folder.appending(path: "scores.jsonl"), atomically: true, encoding: .utf8)
    }
}
