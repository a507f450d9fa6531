import Foundation
import LanguageModel
import Ledger
import Logging
import Recipe
import ServiceKit
import Synchronization
import Testing
import Wire

@testable import OperatorCore

@Suite(.timeLimit(.minutes(5))) struct `A run in one process` {
    private static let recipe = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../deploy/recipes/smoke.yaml").path

    private static func run(_ launcher: RunLauncher) throws -> InProcessRun {
        try InProcessRun(launcher, samplers: 2) { _ in Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }
    }

    @Test func `ends with every stage done, and its ledger is clean`() async throws {
        let place = try TemporaryFolder()
        let folder = RunFolder(place.file("run"))
        let launcher = try RunLauncher.begin(try Recipe(contentsOf: Self.recipe), in: folder)
        let polls = Polls()
        try await Self.run(launcher).run { status, children in
            polls.count.withLock { $0 += 1 }
            #expect(status.run == "run")
            #expect(children.map(\.name).contains("sampler-2"))
        }
        #expect(polls.count.withLock { $0 } > 0)
        #expect(try launcher.isFinished)
        let report = try Audit.report(ledger: folder.ledger.path, blobs: folder.blobs)
        #expect(report.isClean, "\(report.text)")
        // 64 problems in each of two epochs, two evaluations and a round.
        #expect(report.count(of: "problems") == 5 * 64)
        #expect(report.count(of: "outcomes") == 5 * 64)
        // One a stage, or for several that were closed by then.
        #expect((1...4).contains(report.count(of: "segments")))
        let table = try ResultTable(ledger: folder.ledger.path, blobs: folder.blobs, recipe: launcher.recipe)
        #expect(table.rows.map(\.name) == ["before", "after"])
        #expect(table.rows.map(\.problemCount) == [64, 64])
        #expect(table.rows.map { $0.gain == nil } == [true, false])
        #expect(try Ledger.status(path: folder.ledger.path).state == "finished")
        #expect(!folder.isPublished)
    }

    /// Those of a family that is checked by whole derivations, and evaluated beyond what it was trained on.
    @Test(arguments: [
        ("puzzle", ["after", "larger-numbers", "more-numbers"]), ("star-graph", ["after", "more-branches"]),
        ("words", ["after", "larger-numbers", "more-operations"]),
        ("formula", ["after", "larger-numbers", "more-operations"]),
        ("constraints", ["after", "larger-numbers"]),
    ])
    func `ends with every problem of another family graded`(name: String, evaluations: [String]) async throws {
        let place = try TemporaryFolder()
        let folder = RunFolder(place.file("run"))
        let file = URL(fileURLWithPath: Self.recipe).deletingLastPathComponent().appendingPathComponent("\(name).yaml")
        let launcher = try RunLauncher.begin(try Recipe(contentsOf: file.path), in: folder)
        try await Self.run(launcher).run { _, _ in }
        #expect(try launcher.isFinished)
        let report = try Audit.report(ledger: folder.ledger.path, blobs: folder.blobs)
        #expect(report.isClean, "\(report.text)")
        // Two epochs, a round, and the evaluations.
        #expect(report.count(of: "outcomes") == (3 + evaluations.count) * 64)
        #expect(try Ledger.status(path: folder.ledger.path).deadLetters.isEmpty)
        let table = try ResultTable(ledger: folder.ledger.path, blobs: folder.blobs, recipe: launcher.recipe)
        #expect(table.rows.map(\.name) == evaluations)
        // Each is of other problems: there is no gain of one over another.
        #expect(table.rows.allSatisfy { $0.problemCount == 64 && $0.gain == nil })
        let grades = try Ledger.evaluations(path: folder.ledger.path, blobs: folder.blobs).flatMap(\.grades).flatMap {
            $0
        }
        #expect(!grades.contains(.gradingError))
    }

    /// A model that knows nothing has no correct rollout: what is learned then is of methods that need none.
    @Test(arguments: [
        ("reinforce", 4), ("reinforce++", 4), ("vine-ppo", 2), ("pav", 2), ("awr", 2), ("crr", 2), ("grpo", 0),
    ])
    func `trains on rollouts with advantages`(method: String, rolloutsOfProblem: Int) async throws {
        let place = try TemporaryFolder()
        let folder = RunFolder(place.file("run"))
        let recipe = try Recipe(
            yaml: """
                model: {new: {width: 16, layers: 1, heads: 2, key_value_heads: 2, feed_forward_width: 16, context_length: 64}}
                problems: {steps: [2, 2]}
                hub: {minimum_free_gigabytes: 0.1}
                stages:
                  - reinforcement: {method: \(method), rounds: 2, problems_per_round: 8, rollouts_per_problem: 4, maximum_tokens: 12,
                      batch_size: 8\(["awr", "crr"].contains(method) ? "" : ", divergence_weight: 0.1, correction: truncated")}
                """, file: "test")
        let launcher = try RunLauncher.begin(recipe, in: folder)
        try await Self.run(launcher).run { _, _ in }
        #expect(try launcher.isFinished)
        let report = try Audit.report(ledger: folder.ledger.path, blobs: folder.blobs)
        #expect(report.isClean, "\(report.text)")
        #expect(report.count(of: "experience") == 2 * 8 * rolloutsOfProblem)
        #expect(report.count(of: "experience consumed") == 2 * 8 * rolloutsOfProblem)
        // Each round is sampled from the version that the one before ended in.
        #expect(report.count(of: "policy versions") == (rolloutsOfProblem > 0 ? 3 : 1))
    }

    /// A rate that changes nothing tells which weights the training began with.
    @Test(arguments: ["base", "newest"])
    func `learns its own correct solutions from the weights that the recipe names`(start: String) async throws {
        let place = try TemporaryFolder()
        let folder = RunFolder(place.file("run"))
        let recipe = try Recipe(
            yaml: """
                model: {new: {width: 32, layers: 1, heads: 2, key_value_heads: 2, feed_forward_width: 64, context_length: 64}}
                problems: {steps: [1, 1], operands: [1, 5], values: [0, 20], style: symbols}
                hub: {minimum_free_gigabytes: 0.1}
                stages:
                  - supervised: {name: teach, problems: 128, epochs: 40, batch_size: 16, learning_rate: 0.01, warmup_updates: 5}
                  - evaluate: {name: before, problems: 32, maximum_tokens: 24, split: train}
                  - rejection_sampling: {problems_per_round: 32, rollouts_per_problem: 2, solutions_per_problem: 1, maximum_tokens: 24,
                      learning_rate: 1e-9, weight_decay: 0, epochs: 1, start: \(start)}
                  - evaluate: {name: after, problems: 32, maximum_tokens: 24, split: train}
                  - reinforcement: {method: grpo, rounds: 1, problems_per_round: 32, rollouts_per_problem: 4, maximum_tokens: 24}
                """, file: "test")
        let launcher = try RunLauncher.begin(recipe, in: folder)
        try await Self.run(launcher).run { _, _ in }
        let report = try Audit.report(ledger: folder.ledger.path, blobs: folder.blobs)
        #expect(report.isClean, "\(report.text)")
        let table = try ResultTable(ledger: folder.ledger.path, blobs: folder.blobs, recipe: launcher.recipe)
        let accuracies = table.rows.map(\.accuracy)
        #expect(accuracies[0] > 0.3)
        #expect(accuracies[1] == (start == "base" ? 0 : accuracies[0]))
        // The model that was taught solves some problems and not others, so groups have a baseline to differ from.
        #expect(report.count(of: "policy versions") == (start == "base" ? 3 : 4))
    }

    @Test func `keeps in its ledger what each problem was evolved from, and how often levels are solved`() async throws
    {
        let place = try TemporaryFolder()
        let folder = RunFolder(place.file("run"))
        let file = URL(fileURLWithPath: Self.recipe).deletingLastPathComponent().appendingPathComponent("words.yaml")
        let recipe = try Recipe(
            contentsOf: file.path,
            overrides: ["problems.dials={operations: 1, values: [2, 9], evolve: more-complex, generations: 2}"])
        var logs = Warnings()
        logs.logLevel = .info
        let log = logs
        let launcher = try RunLauncher.begin(recipe, in: folder)
        try await InProcessRun(launcher, samplers: 1) { _ in Logger(label: "test") { _ in log } }.run { _, _ in }
        let trace = try Trace.problem("0.0.0.0", ledger: folder.ledger.path, blobs: folder.blobs)
        #expect(trace.ancestry.count == 2 && trace.ancestry.allSatisfy { $0.strategy == "more-complex" })
        #expect(trace.text.contains("evolved from \(trace.ancestry[0].key), by more-complex"))
        let counted = logs.messages.withLock { $0.filter { $0.contains("after round 1: 3 steps: ") } }
        #expect(counted.count == 1 && counted[0].contains("of 128 rollouts correct, weight"), "\(counted)")
    }

    @Test func `goes on after it was stopped, and other commands reach it meanwhile`() async throws {
        let place = try TemporaryFolder()
        let folder = RunFolder(place.file("run"))
        do {
            let launcher = try RunLauncher.begin(try Recipe(contentsOf: Self.recipe), in: folder)
            let run = try Self.run(launcher)
            let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await run.run { _, _ in } }
                let status = try await waitUntilReady(folder, within: .seconds(60), logger: logger)
                #expect(status.state == "running")
                // While this one holds it nobody else may.
                #expect(throws: ServiceError.self) { try RunLauncher.resume(folder) }
                try await command(.init(kind: .stopRun), hubOf: folder, logger: logger)
                try await group.waitForAll()
            }
            try #require(try !launcher.isFinished, "a run that takes seconds was stopped as it began")
            #expect(try Ledger.status(path: folder.ledger.path).state == "not running")
        }
        let launcher = try RunLauncher.resume(folder)
        try await Self.run(launcher).run { _, _ in }
        #expect(try launcher.isFinished)
        let report = try Audit.report(ledger: folder.ledger.path, blobs: folder.blobs)
        #expect(report.isClean, "\(report.text)")
        #expect(report.count(of: "outcomes") == 5 * 64)
    }

    /// Of these solved problems some fit 40 tokens, and none fits 16.
    @Test(arguments: [(16, true), (40, false)])
    func `goes on where an example does not fit the model's context`(contextLength: Int, isNoneTrained: Bool)
        async throws
    {
        let place = try TemporaryFolder()
        let folder = RunFolder(place.file("run"))
        let recipe = try Recipe(
            yaml: """
                model: {new: {width: 16, layers: 1, heads: 2, key_value_heads: 2, feed_forward_width: 16, context_length: \(contextLength)}}
                problems: {steps: [2, 4]}
                hub: {minimum_free_gigabytes: 0.1}
                stages:
                  - supervised: {name: teach, problems: 64, epochs: 2, batch_size: 8, checkpoint_every_updates: 2, warmup_updates: 1}
                """, file: "test")
        let launcher = try RunLauncher.begin(recipe, in: folder)
        let warnings = Warnings()
        let run = try InProcessRun(launcher, samplers: 1) { _ in Logger(label: "test") { _ in warnings } }
        try await run.run { _, _ in }
        #expect(try launcher.isFinished)
        let report = try Audit.report(ledger: folder.ledger.path, blobs: folder.blobs)
        // All 2 · 64 are consumed, each once: the audit says so.
        #expect(report.isClean, "\(report.text)")
        #expect(report.count(of: "outcomes") == 2 * 64)
        let dropped = warnings.messages.withLock { $0.count { $0.contains("is not trained on: it has") } }
        #expect(isNoneTrained ? dropped == 2 * 64 : (1..<2 * 64).contains(dropped), "\(dropped)")
        let nothing = warnings.messages.withLock { $0.count { $0.contains("Nothing is trained on in stage teach") } }
        #expect(nothing == (isNoneTrained ? 2 : 0))
    }

    @Test func `refuses a base of other sizes than the model's`() throws {
        let place = try TemporaryFolder()
        for (name, layers) in [("model", 1), ("base", 2)] {
            var shape = NewModel()
            (shape.width, shape.layers, shape.heads, shape.keyValueHeads) = (16, layers, 2, 2)
            try Model.random(shape: ModelShape(shape), seed: 1).write(place.file("\(name).gguf"))
        }
        let recipe = try Recipe(
            yaml: """
                model: {from: \(place.file("model.gguf"))}
                base_model: \(place.file("base.gguf"))
                stages: [evaluate: {}]
                """, file: "test")
        do {
            _ = try RunLauncher.begin(recipe, in: RunFolder(place.file("run")))
            Issue.record("it began")
        } catch let error as ServiceError {
            #expect("\(error)".contains("A run's model and its base_model have the same sizes"), "\(error)")
        }
        #expect(!FileManager.default.fileExists(atPath: place.file("run")))
    }

    /// Numbers that overflow where they are multiplied stand for a training that has diverged.
    @Test func `ends with the stage and the update where a gradient is not finite, and keeps its weights`() async throws
    {
        let place = try TemporaryFolder()
        var shape = NewModel()
        (shape.width, shape.layers, shape.heads, shape.keyValueHeads) = (16, 1, 2, 2)
        (shape.feedForwardWidth, shape.contextLength) = (16, 64)
        let file = URL(fileURLWithPath: place.file("huge.gguf"))
        try Model.random(shape: ModelShape(shape), seed: 1).write(file.path)
        var bytes = try Data(contentsOf: file)
        let numbers = [Float](repeating: 3e38, count: 512).withUnsafeBytes { Data($0) }
        // The last of the file are those of a matrix.
        bytes.replaceSubrange((bytes.count - numbers.count)..., with: numbers)
        try bytes.write(to: file)
        let recipe = try Recipe(
            yaml: """
                model: {from: \(place.file("huge.gguf"))}
                hub: {minimum_free_gigabytes: 0.1}
                stages: [supervised: {name: teach, problems: 8, epochs: 1, batch_size: 8}]
                """, file: "test")
        let launcher = try RunLauncher.begin(recipe, in: RunFolder(place.file("run")))
        do {
            try await Self.run(launcher).run { _, _ in }
            Issue.record("it went on")
        } catch let error as ServiceError {
            #expect("\(error)".contains("in stage teach, round 1, update 1 of 1 it was not"), "\(error)")
        }
        #expect(try Ledger.policies(path: launcher.folder.ledger.path).keys.sorted() == [0])
    }

    /// Keeps what is logged from its level on.
    private struct Warnings: LogHandler {
        let messages = Reference()
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.warning

        final class Reference: Sendable {
            private let messages = Mutex<[String]>([])
            func withLock<Result>(_ body: ([String]) -> Result) -> Result { messages.withLock { body($0) } }
            func append(_ message: String) { messages.withLock { $0.append(message) } }
        }

        subscript(metadataKey key: String) -> Logger.MetadataValue? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) { messages.append("\(event.message)") }
    }

    private final class Polls: Sendable {
        let count = Mutex(0)
    }
}
