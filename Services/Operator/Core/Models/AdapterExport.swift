import Basics
import Foundation
import LanguageModel
import Ledger
public import ServiceKit

/// The adapter that a run's last stage of training made, taken out for other programs.
public struct AdapterExport: Sendable {
    /// The policy version that it belongs to: what the stage began with.
    public let baseVersion: UInt64
    /// The number of its factors' numbers.
    public let parameterCount: Int

    /// Exports the adapter of the newest checkpoint. The run is only read.
    ///
    /// - Parameter path: a new GGUF adapter if it ends in `.gguf`; otherwise a folder in PEFT's layout, new or empty.
    /// - Throws: `ServiceError` of code `input` if the last training was not of an adapter, its policy is not kept, or
    ///   the target exists or cannot be written.
    public init(of run: RunFolder, to path: String) throws {
        let isFolder = try PolicyExport.isFolder(path)
        guard run.hasState else {
            throw ServiceError(.input, "\(run.url.path) is not a run's folder. Name one with --run.")
        }
        guard let newest = try Ledger.newestCheckpoint(path: run.ledger.path) else {
            throw ServiceError(.input, "A run has an adapter after its first checkpoint; \(run.url.path) has none yet.")
        }
        do {
            let checkpoint = try Checkpoint(run.blob(newest.blob).path)
            guard checkpoint.adapter != nil, let sha256 = checkpoint.base else {
                throw ServiceError(
                    .input,
                    "The last training of \(run.url.path) changed all weights, so there is no adapter. Leave --adapter out, "
                        + "or set lora.rank in the stage.")
            }
            guard let version = try Ledger.policies(path: run.ledger.path).first(where: { $0.value == sha256 })?.key,
                let adapter = try checkpoint.adapter(shape: Model.load(run.blob(sha256).path).shape)
            else {
                throw ServiceError(
                    .input, "The policy that the adapter belongs to, \(sha256), is not among those that the run keeps.")
            }
            if isFolder {
                try adapter.writePEFT(path, base: "policy v\(version) of \(run.url.lastPathComponent)")
            } else {
                try adapter.write(path)
            }
            baseVersion = version
            parameterCount = adapter.parameterCount
        } catch let error as LanguageModelError {
            throw ServiceError(.input, "The adapter cannot be exported to \(path): \(error)")
        }
    }
}
