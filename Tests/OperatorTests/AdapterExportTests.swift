import Basics
import Blobs
import Foundation
import LanguageModel
import Ledger
import Recipe
import ServiceKit
import Testing

@testable import OperatorCore

@Suite struct `An exported adapter` {
    private let place: TemporaryFolder
    private let run: RunFolder
    private let model: Model

    /// A run that has begun, and trained nothing.
    init() throws {
        place = try TemporaryFolder()
        run = RunFolder(place.file("run"))
        let shape = try begin(run, layers: 2)
        model = try Model.random(shape: ModelShape(shape), seed: 5)
    }

    /// Adds a checkpoint of a trainer of policy 0.
    private func checkpoint(adapter: Adapter?, base: ContentHash? = nil) throws {
        let trainer = Trainer(
            model: model, settings: AdamW(schedule: LearningRateSchedule(peak: 1e-3)), adapter: adapter, threadCount: 1)
        let base = try #require(try base ?? Ledger.policies(path: run.ledger.path)[0])
        try trainer.writeCheckpoint(place.file("checkpoint"), base: base)
        let store = try BlobStore(directory: run.blobs)
        let sha256 = try store.add(URL(fileURLWithPath: place.file("checkpoint")))
        let ledger = try Ledger(path: run.ledger.path, durability: .processCrash, blobs: store)
        try ledger.transaction { transaction in
            try transaction.insertBlob(sha256, size: store.size(sha256) ?? 0)
            try transaction.insert(
                LedgerCheckpoint(number: 1, blob: sha256, chain: sha256, updates: 1, consumed: 0), at: 0)
        }
    }

    private func adapter() throws -> Adapter {
        Adapter(
            try AdapterSettings(rank: 2, alpha: 4, targets: [.query, .down]), shape: model.shape, seed: 7)
    }

    private func refusal() -> String? {
        let error = #expect(throws: ServiceError.self) { try AdapterExport(of: run, to: place.file("refused.gguf")) }
        #expect(error?.code == .input)
        #expect(!FileManager.default.fileExists(atPath: place.file("refused.gguf")))
        return error?.message
    }

    @Test func `is the last training's, as a file or as a folder`() throws {
        try checkpoint(adapter: adapter())
        let file = try AdapterExport(of: run, to: place.file("adapter.gguf"))
        #expect(file.baseVersion == 0)
        // Two layers of q (16 by 16) and down (16 by 24), rank 2.
        #expect(file.parameterCount == 2 * 2 * ((16 + 16) + (16 + 24)))
        _ = try AdapterExport(of: run, to: place.file("adapter"))
        let names = try FileManager.default.contentsOfDirectory(atPath: place.file("adapter")).sorted()
        #expect(names == ["adapter_config.json", "adapter_model.safetensors"])
        #expect(throws: ServiceError.self) { try AdapterExport(of: run, to: place.file("adapter.gguf")) }
    }

    @Test func `is refused where there is none, and nothing is written`() throws {
        #expect(refusal()?.contains("has none yet") == true)
        try checkpoint(adapter: nil)
        #expect(refusal()?.contains("changed all weights") == true)
    }

    @Test func `is refused where its policy is not kept`() throws {
        try checkpoint(adapter: adapter(), base: ContentHash(bytes: [UInt8](repeating: 7, count: 32)))
        #expect(refusal()?.contains("not among those") == true)
    }
}
