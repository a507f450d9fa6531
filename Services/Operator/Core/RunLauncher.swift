import Basics
import Blobs
import Foundation
public import LanguageModel
import Ledger
import Messaging
public import Recipe
public import ServiceKit
import Tokenization

/// Makes a run's folder from a recipe, or takes an old one up.
public struct RunLauncher: Sendable {
    /// The run's folder.
    public let folder: RunFolder
    /// The resolved recipe.
    public let recipe: Recipe
    /// Runs whose rollouts the samplers take in place of sampling the same again.
    public var recorded: [RunFolder] = []
    /// Keeps any other `eightfold run` out of the folder.
    private let lock: FileLock

    /// Begins a run in a folder that has none: writes the resolved recipe, makes or copies the model, begins the ledger.
    ///
    /// - Throws: `ServiceError` of code `input` if the folder has a run, or the model, the family or the data set cannot be
    ///   used.
    public static func begin(_ recipe: Recipe, in folder: RunFolder) throws -> RunLauncher {
        try refuse(folder)
        try RunFamily.check(recipe)
        let dataSets = try RunDataSets(recipe)
        let recipe = dataSets.recipe
        let model = try initialModel(of: recipe)
        let base = try baseModel(of: recipe, model)
        try dataSets.check(against: model)
        do {
            try FileManager.default.createDirectory(at: folder.url, withIntermediateDirectories: true)
        } catch {
            throw unwritable(folder, error)
        }
        let lock = try lock(folder)
        // Another one may have begun it while this one came for the lock.
        try refuse(folder)
        do {
            for made in [folder.blobs, folder.logs, folder.scratch] {
                try FileManager.default.createDirectory(at: made, withIntermediateDirectories: true)
            }
            try Data(recipe.resolvedYAML().utf8).write(to: folder.recipe, options: .atomic)
        } catch {
            throw unwritable(folder, error)
        }
        let store = try BlobStore(directory: folder.blobs)
        let policies = try [base, (model, recipe.model.file)].compactMap { $0 }.map { model, file in
            try addPolicy(model, file, in: folder, to: store)
        }
        try beginLedger(of: recipe, in: folder, policies: policies, dataSets: dataSets.add(to: store), store)
        return RunLauncher(folder: folder, recipe: recipe, lock: lock)
    }

    /// The ledger comes last, and under its name only when the run in it is begun: a folder has all of its state or none.
    private static func beginLedger(
        of recipe: Recipe, in folder: RunFolder, policies: [ContentHash], dataSets: [ContentHash: UInt64],
        _ store: BlobStore
    ) throws {
        let unfinished = folder.ledger.path + ".new"
        for suffix in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: unfinished + suffix) {
            try FileManager.default.removeItem(atPath: unfinished + suffix)
        }
        try {
            // Closed at the end of this closure, which moves all that was written into the one file.
            let ledger = try Ledger(path: unfinished, durability: .durable, blobs: store)
            _ = try ledger.begin(
                RunDescription(id: folder.url.lastPathComponent, seed: recipe.seed, recipeYAML: recipe.resolvedYAML()),
                policies: policies.map { ($0, store.size($0) ?? 0) }, dataSets: dataSets,
                at: Int64(Date().timeIntervalSince1970 * 1_000))
        }()
        try FileManager.default.moveItem(atPath: unfinished, toPath: folder.ledger.path)
    }

    private static func refuse(_ folder: RunFolder) throws {
        guard !folder.hasState else {
            throw ServiceError(
                .input,
                "\(folder.url.path) holds a run already. Go on with it by --resume, or name another folder with --run.")
        }
    }

    private static func lock(_ folder: RunFolder) throws -> FileLock {
        guard let lock = try FileLock(folder.lock) else {
            throw ServiceError(
                .input,
                "An `eightfold run` is at work in \(folder.url.path). End it by `eightfold stop --run \(folder.url.path)`, or name another folder with --run."
            )
        }
        return lock
    }

    private static func unwritable(_ folder: RunFolder, _ error: any Error) -> ServiceError {
        ServiceError(
            .input,
            "The run's folder \(folder.url.path) must be one that this user may write: \(error.localizedDescription)")
    }

    private init(folder: RunFolder, recipe: Recipe, lock: FileLock) {
        self.folder = folder
        self.recipe = recipe
        self.lock = lock
    }

    /// Whether nothing of the run is left to do.
    public var isFinished: Bool {
        get throws { try Ledger.isFinished(path: folder.ledger.path) }
    }

    /// Forgets how many samplers `eightfold scale` asked for in an earlier start of the run.
    func forgetWantedSamplers() throws {
        let ledger = try Ledger(
            path: folder.ledger.path, durability: .durable, blobs: BlobStore(directory: folder.blobs))
        try ledger.transaction { try $0.setWantedSamplers(0) }
    }

    /// A folder in `runs/` that does not exist yet, named after the recipe.
    public static func freshFolder(for recipe: Recipe) -> String {
        var number = 1
        while FileManager.default.fileExists(atPath: "runs/\(recipe.name)-\(number)") { number += 1 }
        return "runs/\(recipe.name)-\(number)"
    }

    /// Takes up the run in a folder.
    ///
    /// - Parameter expected: the recipe that the operator named; nil for none.
    /// - Throws: `ServiceError` of code `input` if there is no run, or its recipe is another one.
    public static func resume(_ folder: RunFolder, expecting expected: Recipe? = nil) throws -> RunLauncher {
        guard folder.hasState else {
            throw ServiceError(
                .input, "\(folder.url.path) holds no run to go on with. Start one with `eightfold run RECIPE.yaml`.")
        }
        let lock = try lock(folder)
        let recipe = try Recipe(contentsOf: folder.recipe.path)
        guard expected.map({ $0.withHashes(of: recipe) == recipe }) ?? true else {
            throw ServiceError(
                .input,
                "The run in \(folder.url.path) goes on with the recipe that it began with, which is not the one named now. "
                    + "Leave the recipe and --set out, or start another run.")
        }
        return RunLauncher(folder: folder, recipe: recipe, lock: lock)
    }

    /// What `eightfold run --dry-run` prints: the resolved recipe, and as comments who would listen where.
    public static func plan(_ recipe: Recipe, samplers: Int?, remote: String?) -> String {
        let services = recipe.services
        let runtime = RuntimeDirectory.pattern
        let counts = [
            ("learner", 1), ("generator", services.generators), ("sampler", samplers ?? services.samplers),
            ("verifier", recipe.ownVerifierCount), ("advantage", services.advantages),
        ]
        return recipe.resolvedYAML() + """
            # endpoints, with a folder that is made at the start:
            #   hub     ipc://\(runtime)/hub  for services on this host
            #   remote  \(remote ?? "none")  for services on other hosts
            #   tap     ipc://\(runtime)/tap  for those who watch the messages
            # processes beside the hub: \(counts.map { "\($0.0) \($0.1)" }.joined(separator: ", "))

            """
    }

    /// Stores a policy version that the run begins with: the recipe's file as it is, or its model as a file that samplers can share.
    private static func addPolicy(
        _ model: Model, _ path: String?, in folder: RunFolder, to store: BlobStore
    ) throws -> ContentHash {
        do {
            // Weights in another form would be a copy in each sampler.
            if let path, model.isMapped {
                return try store.add(URL(fileURLWithPath: path))
            }
            let file = folder.scratch.appendingPathComponent("start.gguf")
            defer { try? FileManager.default.removeItem(at: file) }
            try model.write(file.path)
            return try store.add(file)
        } catch {
            throw ServiceError(.input, "The run's model cannot be put into \(folder.url.path): \(error)")
        }
    }

    /// The model that the run's was trained from, with its file; nil if the recipe names none.
    private static func baseModel(of recipe: Recipe, _ model: Model) throws -> (Model, String?)? {
        guard let path = recipe.baseModel else { return nil }
        let base = try load(path)
        guard base.shape == model.shape else {
            throw ServiceError(
                .input,
                "A run's model and its base_model have the same sizes; \(path) has others. Name the one that the model was trained from."
            )
        }
        return (base, path)
    }

    private static func load(_ path: String) throws -> Model {
        do {
            return try Model.load(path)
        } catch {
            throw ServiceError(.input, "The model \(path) cannot be used: \(error)")
        }
    }

    private static func initialModel(of recipe: Recipe) throws -> Model {
        switch recipe.model {
        case .file(let path): return try load(path)
        case .new(let new):
            do {
                return try Model.random(shape: ModelShape(new), seed: recipe.seed)
            } catch {
                throw ServiceError(.input, "The recipe's new model cannot be made: \(error)")
            }
        }
    }
}

extension ModelSource {
    /// The file of a model that is not new.
    fileprivate var file: String? { if case .file(let path) = self { path } else { nil } }
}

extension Recipe {
    /// The recipe with the hashes that were filled in when the run of another one began, where it gives none itself.
    fileprivate func withHashes(of begun: Recipe) -> Recipe {
        var recipe = self
        recipe.problems.sha256 = recipe.problems.sha256 ?? begun.problems.sha256
        recipe.problems.testSHA256 = recipe.problems.testSHA256 ?? begun.problems.testSHA256
        return recipe
    }
}

extension ModelShape {
    /// The sizes that a recipe gives; bytes are the tokens.
    public init(_ new: NewModel) throws {
        try self.init(
            vocabularySize: Tokenizer.bytes.vocabularySize, contextLength: new.contextLength, width: new.width,
            layerCount: new.layers, headCount: new.heads, keyValueHeadCount: new.keyValueHeads,
            feedForwardWidth: new.feedForwardWidth)
    }
}
