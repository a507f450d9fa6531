import Foundation
import Ledger
import Recipe
import ServiceKit

extension RunFolder {
    /// The policy version of a finished run that counts.
    ///
    /// - Throws: `ServiceError` of code `input` if the best is wanted and none was evaluated on held-out problems.
    func keptVersion(_ keeps: KeptPolicy, _ recipe: Recipe) throws -> UInt64 {
        let versions = try Ledger.policies(path: ledger.path).keys
        guard keeps == .best else { return versions.max() ?? 0 }
        let heldOut = try Ledger.evaluations(path: ledger.path, blobs: blobs).filter {
            recipe.split(ofStage: $0.stage) == .train
        }
        guard let most = heldOut.map({ $0.isCorrect.count { $0 } }).max(),
            let best = heldOut.first(where: { $0.isCorrect.count { $0 } == most })
        else {
            throw ServiceError(
                .input,
                "The best policy is chosen by evaluations with split train; \(recipe.name) has none. Add one after each stage that trains, or let the method keep the newest."
            )
        }
        return best.policyVersion
    }

    /// The file of that policy version.
    func policy(keeps: KeptPolicy, _ recipe: Recipe) throws -> URL {
        let version = try keptVersion(keeps, recipe)
        guard let sha256 = try Ledger.policies(path: ledger.path)[version] else {
            throw ServiceError(
                .input, "The run in \(url.path) has no policy v\(version). Remove the folder; it is run again.")
        }
        return blob(sha256)
    }
}

extension Recipe {
    /// The split that a stage evaluates; nil for one that evaluates none.
    func split(ofStage index: Int) -> ProblemSplit? {
        guard stages.indices.contains(index), case .evaluate(let stage) = stages[index] else { return nil }
        return stage.split
    }
}
