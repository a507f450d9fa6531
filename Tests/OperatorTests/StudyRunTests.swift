import Foundation
import Ledger
import Logging
import Recipe
import ServiceKit
import Studies
import Testing

@testable import OperatorCore

@Suite(.timeLimit(.minutes(5))) struct `A study that is run` {
    private static let base = """
        name: base
        model:
          new: {width: 16, layers: 1, heads: 2, key_value_heads: 2, feed_forward_width: 32, context_length: 96}
        problems: {steps: [1, 1]}
        hub: {minimum_free_gigabytes: 0.1, durability: process-crash}
        stages: [supervised: {problems: 8, epochs: 1, batch_size: 8, warmup_updates: 0}]
        """

    private static let study = """
        name: tiny
        base: base.yaml
        recipe: {problems: {steps: [2, 2]}, hub: {minimum_free_gigabytes: 0.1, durability: process-crash}}
        sizes: [8]
        seeds: [3]
        methods:
          - name: sft
            keeps: best
            stages:
              - supervised: {name: first, problems: size, epochs: 2, batch_size: 4, warmup_updates: 0}
              - evaluate: {name: held-out, split: train, problems: 10, maximum_tokens: 32}
              - evaluate: {name: test, problems: 12, maximum_tokens: 32}
              - supervised: {name: second, problems: size, epochs: 1, batch_size: 4, warmup_updates: 0}
              - evaluate: {name: held-out-again, split: train, problems: 10, maximum_tokens: 32}
              - evaluate: {name: test-again, problems: 12, maximum_tokens: 32}
          - name: awr
            after: sft
            stages:
              - reinforcement: {method: awr, problems: taught, problems_per_round: size, rounds: 1, rollouts_per_problem: 4, maximum_tokens: 24, surveyed_per_problem: 1, continuations_per_prefix: 2}
              - evaluate: {name: after, problems: 12, maximum_tokens: 32}
              - evaluate: {name: taught, split: taught, problems: size, rollouts: 4, temperature: 1, maximum_tokens: 32}
        """

    private let place: TemporaryFolder

    init() throws {
        place = try TemporaryFolder()
        try Self.base.write(toFile: place.file("base.yaml"), atomically: true, encoding: .utf8)
        try Self.study.write(toFile: place.file("tiny.yaml"), atomically: true, encoding: .utf8)
    }

    private func folder() throws -> StudyFolder { try StudyFolder(file: place.file("tiny.yaml")) }

    private func studyRun() throws -> StudyRun {
        StudyRun(try folder(), runs: place.file("runs"), machine: "here")
    }

    /// Runs the pending cells; returns what was told.
    @discardableResult private func run(_ isWanted: (StudyCell) -> Bool = { _ in true }) async throws -> [String] {
        var told: [String] = []
        let isDone = try await studyRun().run(where: isWanted, tell: { told.append($0) }) { try await Self.execute($0) }
        #expect(isDone)
        return told
    }

    private static func execute(_ launcher: RunLauncher) async throws -> Bool {
        try await InProcessRun(launcher, samplers: 1) { _ in
            Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        }.run { _, _ in }
        return true
    }

    @Test func `measures each cell once, counts what it cost, and keeps the best policy on held-out problems`()
        async throws
    {
        #expect(try studyRun().pending { _ in true }.map(\.description) == ["sft-8-3", "awr-8-3"])
        let told = try await run()
        #expect(told.first == "Cell 1 of 2: sft-8-3.")
        let results = try folder().results()
        #expect(results.map(\.method) == ["sft", "awr"])
        let sft = try #require(results.first)
        #expect(sft.evaluations.map(\.split) == ["train", "test", "train", "test"])
        // An untaught model solves none, and of equals the first counts.
        #expect(sft.evaluations.map(\.policyVersion) == [1, 1, 2, 2])
        #expect(sft.keptPolicyVersion == 1)
        #expect(sft.evaluation(on: "test")?.problemCount == 12)
        // Three epochs of eight problems; nothing is sampled.
        #expect(sft.trained.count == 24 && sft.updateCount == 6 && sft.rollouts.count == 0)
        #expect(sft.trained.tokens > 24 * 10)
        #expect(sft.seconds ?? 0 > 0 && sft.machine == "here" && sft.digest.count == 16)
        let awr = try #require(results.last)
        #expect(awr.rollouts.count == 32 && awr.problemCount == 8)
        #expect(awr.rollouts.tokens >= 32 && awr.rollouts.tokens <= 32 * 24)
        #expect(awr.correctCount + awr.incorrectCount == 32)
        // Two for each prefix of whole steps of the one rollout of each problem that is surveyed.
        #expect(awr.continuations.count % 2 == 0 && awr.continuations.count <= 8 * 2 * 24)
        #expect(awr.formatDrift != nil)
        let taught = try #require(awr.evaluations.last)
        #expect(taught.split == "taught" && taught.problemCount == 8 && taught.rolloutCount == 4)
        #expect(taught.passAtK.keys.sorted() == [1, 2, 4])
        // It begins with the base, which rejection sampling would train, and the policy of the other.
        let runs = try FileManager.default.contentsOfDirectory(atPath: place.file("runs"))
        let policies = try ["base-", "sft-", "awr-"].map { name in
            let folder = RunFolder(place.file("runs/\(try #require(runs.first { $0.hasPrefix(name) }))"))
            #expect(try Audit.report(ledger: folder.ledger.path, blobs: folder.blobs).isClean)
            return try Ledger.policies(path: folder.ledger.path)
        }
        #expect(policies[2].count == 3 && policies[2][0] == policies[0][1] && policies[2][1] == policies[1][1])
        #expect(try await run().isEmpty)
        #expect(try studyRun().pending { _ in true }.isEmpty)
        let files = try folder().writeReport(where: { _ in true }, baseline: nil).map(\.lastPathComponent).sorted()
        #expect(files.contains("tiny.results.md") && files.contains("tiny.error-by-problems.vl.json"))
    }

    @Test func `takes over what a cell with the same beginning sampled`() async throws {
        let begin = try #require(Self.study.range(of: "  - name: awr"))
        try rewrite("tiny.yaml", Self.study + "\n" + Self.study[begin.lowerBound...].replacing("awr", with: "crr"))
        try await run()
        let results = try folder().results()
        #expect(results.map(\.method) == ["sft", "awr", "crr"])
        #expect(results[1].rollouts == results[2].rollouts && results[1].continuations == results[2].continuations)
        // What it did not sample it has no time for.
        #expect(results[1].seconds != nil && results[2].seconds == nil)
    }

    @Test func `tells at which step solutions of puzzles are lost`() async throws {
        let puzzles = "{family: puzzle, dials: {numbers: 3}}"
        try rewrite("tiny.yaml", Self.study.replacing("problems: {steps: [2, 2]}", with: "problems: \(puzzles)"))
        try await run { $0.method == "sft" }
        let evaluations = try #require(try folder().results().first).evaluations
        // An untaught model writes no step that holds.
        #expect(evaluations.map(\.solvedCount) == [0, 0, 0, 0])
        #expect(evaluations.map(\.firstPitCounts) == [[10], [12], [10], [12]])
        #expect(evaluations.allSatisfy { $0.noAnswerCount.map { (1...12).contains($0) } == true })
    }

    @Test func `runs again what a cell begins with where the result is there and the run is gone`() async throws {
        try await run { $0.method == "sft" }
        let before = try folder().results()
        try FileManager.default.removeItem(atPath: place.file("runs"))
        // As a kill leaves it.
        let file = try folder().resultsFile
        try (try Data(contentsOf: file) + Data("{\"method\":".utf8)).write(to: file)
        let told = try await run()
        #expect(told.contains { $0.hasPrefix("What awr-8-3 begins with: sft-8-3") })
        #expect(try folder().results().first == before.first)
        #expect(try folder().results().count == 2)
    }

    private func rewrite(_ name: String, _ text: String) throws {
        try text.write(toFile: place.file(name), atomically: true, encoding: .utf8)
    }

    @Test func `measures a cell again whose recipe, or whose beginning, is another, and knows it when it is back`()
        async throws
    {
        try await run { $0.method == "sft" }
        func pending() throws -> [String] { try studyRun().pending { _ in true }.map(\.method) }
        #expect(try pending() == ["awr"])
        try rewrite("base.yaml", Self.base.replacing("width: 16", with: "width: 32"))
        #expect(try pending() == ["sft", "awr"])
        #expect(try folder().results().isEmpty)
        try rewrite("base.yaml", Self.base)
        try rewrite("tiny.yaml", Self.study.replacing("epochs: 2", with: "epochs: 3"))
        #expect(try pending() == ["sft", "awr"])
        try rewrite("tiny.yaml", Self.study.replacing("keeps: best", with: "keeps: newest"))
        #expect(try pending() == ["sft", "awr"])
        // Services, and how safe the ledger is, change no result.
        try rewrite(
            "tiny.yaml",
            Self.study.replacing("durability: process-crash}", with: "lease_seconds: 20}, services: {samplers: 4}"))
        #expect(try pending() == ["awr"])
        // What products are rounded to changes every number.
        for service in ["sampler", "learner"] {
            let services = "services: {\(service): {precision: bf16}}"
            try rewrite("tiny.yaml", Self.study.replacing("process-crash}", with: "process-crash}, \(services)"))
            #expect(try pending() == ["sft", "awr"], "\(service)")
        }
    }

    /// A key that is new in recipes must not make what was measured before unknown.
    @Test func `finds the results that this project keeps`() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("docs/studies/eight-fold/final.yaml")
        let kept = try StudyFolder(file: file.path)
        let lines = try CellResult.read(jsonLines: Data(contentsOf: kept.resultsFile))
        #expect(lines.count == 154)
        #expect(try kept.results().count == lines.count)
    }

    @Test func `runs what a wanted cell begins with, and measures it too`() async throws {
        #expect(try studyRun().pending { $0.method == "awr" }.map(\.method) == ["sft", "awr"])
    }

    @Test func `goes on with a cell that was stopped, whose time is not known then`() async throws {
        let first = try await studyRun().run(where: { _ in true }, tell: { _ in }) { _ in false }
        #expect(!first)
        #expect(try folder().results().isEmpty)
        // Now the base ends, and the first cell has begun.
        var starts = 0
        let second = try await studyRun().run(where: { _ in true }, tell: { _ in }) { launcher in
            starts += 1
            if starts == 1 { return try await Self.execute(launcher) }
            return false
        }
        #expect(!second && starts == 2)
        try await run()
        #expect(try folder().results().map { $0.seconds == nil } == [true, false])
    }

    @Test func `passes over a cell that fails and what begins with it, and tells it in the end`() async throws {
        var told: [String] = []
        do {
            _ = try await studyRun().run(where: { _ in true }, tell: { told.append($0) }) { launcher in
                if launcher.recipe.name == "sft" { throw ServiceError(.input, "It has diverged.") }
                return try await Self.execute(launcher)
            }
            Issue.record("nothing failed")
        } catch let error as ServiceError {
            #expect("\(error)".contains("sft-8-3 failed."), "\(error)")
        }
        #expect(told.contains { $0 == "sft-8-3 failed. It has diverged." })
        #expect(!told.contains { $0.contains("awr-8-3") })
        #expect(try studyRun().pending { _ in true }.count == 2)
    }

    @Test func `keeps the policy that solves most held-out problems`() async throws {
        let stages = ["1e-9", "0.01", "1e-9"].enumerated().map { index, rate in
            """
                  - supervised: {name: s\(index), problems: size, epochs: 40, batch_size: 16, learning_rate: \(rate), warmup_updates: 5}
                  - evaluate: {name: h\(index), split: train, problems: 32, maximum_tokens: 24}
                  - evaluate: {name: t\(index), problems: 32, maximum_tokens: 24}
            """
        }
        try rewrite(
            "base.yaml",
            Self.base.replacing("width: 16", with: "width: 32").replacing("steps: [1, 1]", with: "style: symbols"))
        try rewrite(
            "tiny.yaml",
            """
            base: base.yaml
            recipe:
              problems: {steps: [1, 1], operands: [1, 5], values: [0, 20], style: symbols}
              hub: {minimum_free_gigabytes: 0.1, durability: process-crash}
            sizes: [128]
            seeds: [1]
            methods:
              - name: sft
                keeps: best
                stages:
            \(stages.joined(separator: "\n"))
            """)
        try await run()
        let result = try #require(try folder().results().first)
        #expect(result.evaluations.map(\.policyVersion) == [1, 1, 2, 2, 3, 3])
        #expect(result.evaluations[2].accuracy > result.evaluations[0].accuracy)
        // The one step is the reference's wherever a solution is correct, but for two errors that cancel.
        #expect(result.evaluations[2].referenceFirstStepCount > result.evaluations[0].referenceFirstStepCount)
        #expect(result.keptPolicyVersion == 2)
    }

    @Test func `refuses a report without results, and a baseline that is no method`() throws {
        #expect(throws: ServiceError.self) { try folder().writeReport(where: { _ in true }, baseline: nil) }
        do {
            _ = try folder().writeReport(where: { _ in true }, baseline: "rft")
            Issue.record("was written")
        } catch let error as ServiceError {
            #expect("\(error)".contains("The baseline is a method of the study, sft, awr; got rft."))
        }
        // A line that is no result is to be changed, too.
        try Data("{\n".utf8).write(to: try folder().resultsFile)
        do {
            _ = try folder().results()
            Issue.record("was read")
        } catch {
            #expect(operatorExitCode(of: error) == 2, "\(error)")
        }
    }
}
