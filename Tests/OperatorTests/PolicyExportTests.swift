import Basics
import Blobs
import Foundation
import LanguageModel
import Ledger
import ModelFiles
import Recipe
import ServiceKit
import Testing
import Tokenization

@testable import OperatorCore

@Suite struct `An exported policy` {
    private let place: TemporaryFolder
    private let run: RunFolder
    private let models: [Model]
    private let hashes: [ContentHash]

    /// A run with the policy versions 0, 1 and 2.
    init() throws {
        place = try TemporaryFolder()
        run = RunFolder(place.file("run"))
        let shape = try begin(run, layers: 1)
        models = try (5..<8).map { try Model.random(shape: ModelShape(shape), seed: $0) }
        let store = try BlobStore(directory: run.blobs)
        let ledger = try Ledger(path: run.ledger.path, durability: .processCrash, blobs: store)
        hashes = try models.enumerated().map { [place] version, model in
            try model.write(place.file("policy"))
            let sha256 = try store.add(URL(fileURLWithPath: place.file("policy")))
            guard version > 0 else { return sha256 }
            try ledger.transaction { transaction in
                try transaction.insertBlob(sha256, size: store.size(sha256) ?? 0)
                try transaction.publish(PolicyVersion(UInt64(version)), blob: sha256, checkpoint: nil, at: 0)
            }
            return sha256
        }
    }

    private func export(_ version: UInt64?, to name: String, _ storage: TensorStorage = .float32) throws -> PolicyExport
    {
        try PolicyExport(of: run, version: version, to: place.file(name), storage: storage)
    }

    /// The message of the refusal, after which there is no file.
    private func refusal(_ version: UInt64?) -> String? {
        let error = #expect(throws: ServiceError.self) { try export(version, to: "refused.gguf") }
        #expect(error?.code == .input)
        #expect(!FileManager.default.fileExists(atPath: place.file("refused.gguf")))
        return error?.message
    }

    @Test func `is the newest version, or the one that was named`() throws {
        #expect(try export(nil, to: "newest.gguf").version == 2)
        #expect(try Model.load(place.file("newest.gguf")).flatParameters == models[2].flatParameters)
        for version in 0..<3 {
            let export = try export(UInt64(version), to: "\(version).gguf")
            #expect(export.version == version)
            #expect(export.parameterCount == models[version].shape.parameterCount)
            #expect(try Model.load(place.file("\(version).gguf")).flatParameters == models[version].flatParameters)
        }
    }

    @Test(arguments: TensorStorage.writable) func `has its matrices in the storage that was asked for`(
        storage: TensorStorage
    ) throws {
        _ = try export(1, to: "policy.gguf", storage)
        let file = try GGUFFile(path: place.file("policy.gguf"))
        let tensor = try #require(file.tensor(named: "token_embd.weight"))
        // Rows of 16 numbers hold no block of 32.
        #expect(tensor.storage == (storage == .q80 ? .float16 : storage))
        let (read, written) = (try Model.load(place.file("policy.gguf")).flatParameters, models[1].flatParameters)
        #expect(zip(read, written).allSatisfy { abs($0 - $1) <= abs($1) / 100 })
    }

    @Test func `of a version that is not kept is refused, and those that are kept are named`() throws {
        #expect(refusal(3)?.contains("v3 is not kept. It keeps v0 to v2.") == true)
        try FileManager.default.removeItem(at: run.blobs.appendingPathComponent(hashes[1].hexadecimal))
        #expect(refusal(1)?.contains("v1 is not kept. It keeps v0 and v2.") == true)
        try FileManager.default.removeItem(at: run.blobs.appendingPathComponent(hashes[2].hexadecimal))
        #expect(refusal(nil)?.contains("the newest is not kept. It keeps v0.") == true)
    }

    @Test func `is not made of a blob with other bytes`() throws {
        let file = run.blobs.appendingPathComponent(hashes[1].hexadecimal)
        var bytes = try Data(contentsOf: file)
        bytes[bytes.count - 1] ^= 1
        try bytes.write(to: file)
        #expect(refusal(1)?.contains("has another SHA-256 than its name") == true)
        #expect(try export(2, to: "whole.gguf").version == 2)
    }

    @Test(arguments: ["folder", "folder/", "empty"]) func `is a Hugging Face folder where no GGUF file is named`(
        path: String
    ) throws {
        try FileManager.default.createDirectory(atPath: place.file("empty"), withIntermediateDirectories: true)
        #expect(try export(1, to: path).version == 1)
        let names = try FileManager.default.contentsOfDirectory(atPath: place.file(path))
        #expect(Set(["config.json", "model.safetensors", "tokenizer.json"]).isSubset(of: names))
        let model = try Model.load(place.file(path))
        #expect(model.flatParameters == models[1].flatParameters)
        #expect(model.tokenizer.prompt(for: "7; +5") == models[1].tokenizer.prompt(for: "7; +5"))
    }

    @Test func `overwrites nothing`() throws {
        try Data("mine".utf8).write(to: URL(fileURLWithPath: place.file("mine.gguf")))
        #expect(throws: ServiceError.self) { try export(0, to: "mine.gguf") }
        #expect(try String(contentsOfFile: place.file("mine.gguf"), encoding: .utf8) == "mine")
        // A folder that holds something.
        #expect(throws: ServiceError.self) { try export(0, to: "run") }
        #expect(try Set(FileManager.default.contentsOfDirectory(atPath: run.url.path)).contains("recipe.yaml"))
    }

    @Test func `leaves the run as it was`() throws {
        func contents() throws -> [String: Data] {
            let names = try FileManager.default.subpathsOfDirectory(atPath: run.url.path)
            return Dictionary(
                uniqueKeysWithValues: names.map { name in
                    // A folder has no data. What SQLite's readers share of a ledger that is not at work is empty.
                    (name, (try? Data(contentsOf: run.url.appendingPathComponent(name))) ?? Data())
                }.filter { !$0.0.hasSuffix("-shm") && !($0.0.hasSuffix("-wal") && $0.1.isEmpty) })
        }
        let before = try contents()
        _ = try export(nil, to: "newest.gguf")
        #expect(try contents() == before)
    }

    @Test func `is refused as a folder with a storage that safetensors have not`() throws {
        let error = #expect(throws: ServiceError.self) { try export(nil, to: "folder", .q80) }
        #expect(error?.message.contains("got q8_0") == true)
    }

    @Test(
        arguments: [([], "none"), ([4], "v4"), ([0, 1, 2, 5, 7, 8], "v0 to v2 and v5 and v7 to v8")]
            as [([UInt64], String)])
    func `lists versions in words`(versions: [UInt64], words: String) {
        #expect(PolicyExport.list(versions) == words)
    }
}
