import Basics
import Foundation
import LanguageModel
import Ledger
public import ModelFiles
public import ServiceKit

/// A policy version taken out of a run, live or finished, as a model file of its own.
public struct PolicyExport: Sendable {
    /// The version that was taken.
    public let version: UInt64
    /// Its numbers.
    public let parameterCount: Int

    /// Exports a policy version. The run is only read.
    ///
    /// - Parameters:
    ///   - version: nil for the newest.
    ///   - path: a new GGUF file if it ends in `.gguf` and is no folder; otherwise a Hugging Face folder, new or empty.
    ///   - storage: how matrices are stored.
    /// - Throws: `ServiceError` of code `input` if there is no such version, the target exists or cannot be written, or
    ///   the version's blob is not what the ledger says.
    public init(of run: RunFolder, version: UInt64?, to path: String, storage: TensorStorage) throws {
        let isFolder = try Self.isFolder(path)
        guard !isFolder || storage != .q80 else {
            throw ServiceError(
                .input,
                "A Hugging Face folder holds numbers as f32, f16 or bf16; got q8_0. Name a file that ends in .gguf.")
        }
        guard run.hasState else {
            throw ServiceError(.input, "\(run.url.path) is not a run's folder. Name one with --run.")
        }
        let policies = try Ledger.policies(path: run.ledger.path)
        let kept = policies.filter { FileManager.default.fileExists(atPath: run.blob($0.value).path) }.keys.sorted()
        guard let wanted = version ?? policies.keys.max(), let sha256 = policies[wanted], kept.contains(wanted) else {
            throw ServiceError(
                .input,
                "Only a policy version that the run keeps can be exported; \(version.map { "v\($0)" } ?? "the newest") is "
                    + "not kept. It keeps \(Self.list(kept)).")
        }
        let file = run.blob(sha256)
        guard try ContentHash(ofFile: file) == sha256 else {
            throw ServiceError(
                .input,
                "The file of policy v\(wanted) must be what the ledger says; \(file.path) has another SHA-256 than its name. "
                    + "Export another version: the run keeps \(Self.list(kept)).")
        }
        do {
            let model = try Model.load(file.path)
            if isFolder {
                try model.writeHuggingFace(path, storage: storage)
            } else {
                try model.write(path, storage: storage)
            }
            self.version = wanted
            parameterCount = model.shape.parameterCount
        } catch {
            throw ServiceError(.input, "Policy v\(wanted) cannot be exported to \(path): \(error)")
        }
    }

    /// Whether the target is a folder.
    static func isFolder(_ path: String) throws -> Bool {
        var isDirectory: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
        guard exists else { return !path.hasSuffix(".gguf") }
        guard isDirectory.boolValue, try FileManager.default.contentsOfDirectory(atPath: path).isEmpty else {
            throw ServiceError(
                .input, "A policy is exported to a new file or folder; \(path) exists. Remove it or name another one.")
        }
        return true
    }

    /// Versions in words: `v0 to v3 and v5`.
    static func list(_ versions: [UInt64]) -> String {
        var ranges: [ClosedRange<UInt64>] = []
        for version in versions {
            if let last = ranges.last, last.upperBound + 1 == version {
                ranges[ranges.count - 1] = last.lowerBound...version
            } else {
                ranges.append(version...version)
            }
        }
        let words = ranges.map { $0.count == 1 ? "v\($0.lowerBound)" : "v\($0.lowerBound) to v\($0.upperBound)" }
        return words.isEmpty ? "none" : words.joined(separator: " and ")
    }
}

extension RunFolder {
    /// Where a blob of the run is, if it is whole.
    func blob(_ sha256: ContentHash) -> URL { blobs.appendingPathComponent(sha256.hexadecimal) }
}
