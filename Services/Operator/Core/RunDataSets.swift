import Basics
import Blobs
import Foundation
import LanguageModel
import Problems
import Recipe
import ServiceKit

/// The files of a recipe's data set, read and checked before a run begins with them.
struct RunDataSets {
    /// The recipe with the SHA-256 of its files; as it was if its problems come from a family.
    let recipe: Recipe
    /// The bytes of the files by their SHA-256; empty for a family.
    private let files: [ContentHash: [UInt8]]
    /// What is trained on; nil for a family.
    private let train: File?

    /// Reads the files that a recipe names.
    ///
    /// - Throws: `ServiceError` of code `input` if a file cannot be read, is another one than the recipe says, has fewer
    ///   problems than a stage asks for, or shares a question with the other.
    init(_ recipe: Recipe) throws {
        guard let path = recipe.problems.file, let testPath = recipe.problems.testFile else {
            (self.recipe, files, self.train) = (recipe, [:], nil)
            return
        }
        let train = try File(path, expecting: recipe.problems.sha256)
        let test = try File(testPath, expecting: recipe.problems.testSHA256)
        let trained = Set(train.dataSet.problems.map(\.question))
        if let shared = test.dataSet.problems.first(where: { trained.contains($0.question) }) {
            throw ServiceError(
                .input,
                "What is evaluated on is never trained on; \(testPath) has a question that \(path) has too: "
                    + "\"\(shared.question.prefix(60))\". Take it out of one of them.")
        }
        for stage in recipe.stages {
            let (count, file): (Int, File) =
                switch stage {
                case .supervised(let stage): (stage.problems, train)
                case .evaluate(let stage): (stage.problems, stage.split == .test ? test : train)
                // Of fresh problems it goes through the file again and again.
                case .rejectionSampling, .preference, .reinforcement:
                    (stage.rollouts.map { $0.problems == .taught ? $0.problemsPerRound : 1 } ?? 1, train)
                }
            guard count <= file.dataSet.problems.count else {
                throw ServiceError(
                    .input,
                    "A stage asks for at most the problems that a data set has; \(stage.name) asks for \(count), and "
                        + "\(file.path) has \(file.dataSet.problems.count). Lower "
                        + "stages.\(stage.name).\(stage.rollouts == nil ? "problems" : "problems_per_round").")
            }
        }
        var settled = recipe
        settled.problems.sha256 = train.sha256.hexadecimal
        settled.problems.testSHA256 = test.sha256.hexadecimal
        self.recipe = settled
        files = [train.sha256: train.bytes, test.sha256: test.bytes]
        self.train = train
    }

    /// Checks that the model has room for every problem that a supervised stage teaches, with its solution.
    ///
    /// - Throws: `ServiceError` of code `input` that names the line of one it has none for.
    func check(against model: Model) throws {
        guard let train else { return }
        let taught = recipe.stages.map { if case .supervised(let stage) = $0 { stage.problems } else { 0 } }.max() ?? 0
        // Those are the first in the order that generators take them in.
        for problem in train.dataSet.shuffled(seed: recipe.seed).problems.prefix(taught) {
            let sequence = TokenSequence(
                question: problem.question, solution: problem.referenceSolution ?? "", tokenizer: model.tokenizer)
            guard sequence.tokens.count <= model.shape.contextLength else {
                throw ServiceError(
                    .input,
                    "A problem that is taught must fit the model's context of \(model.shape.contextLength) tokens with its "
                        + "solution; line \(train.line(of: problem)) of \(train.path) has \(sequence.tokens.count). Take the line "
                        + "out, or take a model with a longer context.")
            }
        }
    }

    /// Puts the files into the run's store; returns their sizes.
    func add(to store: BlobStore) throws -> [ContentHash: UInt64] {
        for bytes in files.values { _ = try store.add(bytes) }
        return files.mapValues { UInt64($0.count) }
    }

    private struct File {
        let path: String
        let bytes: [UInt8]
        let sha256: ContentHash
        let dataSet: DataSet

        init(_ path: String, expecting sha256: String?) throws {
            self.path = path
            bytes = try dataSetBytes(path)
            self.sha256 = ContentHash(of: bytes)
            guard sha256 == nil || sha256 == self.sha256.hexadecimal else {
                throw ServiceError(
                    .input,
                    "The data set \(path) must be the one whose SHA-256 the recipe gives; its own is \(self.sha256.hexadecimal). "
                        + "Name the other file, or give its SHA-256.")
            }
            do {
                dataSet = try DataSet(jsonLines: bytes)
            } catch {
                throw ServiceError(.input, "The data set \(path) cannot be used: \(error)")
            }
        }

        /// The number of the first line with this problem, from 1.
        func line(of problem: Problem) -> Int {
            let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            let place = lines.firstIndex { (try? DataSet(jsonLines: Array($0)))?.problems == [problem] }
            guard let place else { preconditionFailure("a problem of no line of \(path): \(problem)") }
            return place + 1
        }
    }
}

/// The bytes of a data set's file.
///
/// - Throws: `ServiceError` of code `input` if it cannot be read.
func dataSetBytes(_ path: String) throws -> [UInt8] {
    do {
        return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
        throw ServiceError(
            .input, "A data set is a file that this user may read; \(path) is not. Check the path and its permissions.")
    }
}
