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
        let isDone = try await studyRun().run(where: isWanted, tell: { told.append($0) }) { launcher in
            try await InProcessRun(launcher, samplers: 1) { _ in
                Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            }.run { _, _ in }
            return try launcher.isFinished
        }
        #expect(isDone)
        return told
    }

    @Test func `measures each cell once, counts what it cost, and keeps the best policy on held-out problems`()
        async throws
    {
        #expect(try studyRun().pending().map(\.description) == ["sft-8-3", "awr-8-3"])
        let told = try await run()
        #expect(told.first == "Cell 1 of 2: sft-8-3.")
        let results = try folder().results()
        #expect(results.map(\.method) == ["sft", "awr"])
        let sft = try #require(results.first)
        #expect(sft.evaluations.map(\.split) == ["train", "test", "train"])
        // An untaught model solves none, and of equals the first counts.
        #expect(sft.evaluations.map(\.policyVersion) == [1, 1, 2])
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
        #expect(try studyRun().pending().isEmpty)
        let files = try folder().writeReport(baseline: nil).map(\.lastPathComponent).sorted()
        #expect(files.contains("tiny.results.md") && files.contains("tiny.error-by-problems.vl.json"))
    }

    @Test func `runs again what a cell begins with where the result is there and the run is gone`() async throws {
        try await run { $0.method == "sft" }
        let before = try folder().results()
        try FileManager.default.removeItem(atPath: place.file("runs"))
        let told = try await run()
        #expect(told.contains { $0.hasPrefix("What awr-8-3 begins with: sft-8-3") })
        #expect(try folder().results().first == before.first)
    }

    @Test func `measures a cell again whose recipe, or whose beginning, is another`() async throws {
        try await run { $0.method == "sft" }
        #expect(try studyRun().pending().map(\.method) == ["awr"])
        try Self.study.replacing("epochs: 2", with: "epochs: 3").write(
            toFile: place.file("tiny.yaml"), atomically: true, encoding: .utf8)
        #expect(try studyRun().pending().map(\.method) == ["sft", "awr"])
        try Self.base.replacing("width: 16", with: "width: 32").write(
            toFile: place.file("base.yaml"), atomically: true, encoding: .utf8)
        #expect(try studyRun().pending().map(\.method) == ["sft", "awr"])
    }

    @Test func `refuses a report without results, and a baseline that is no method`() throws {
        #expect(throws: ServiceError.self) { try folder().writeReport(baseline: nil) }
        do {
            _ = try folder().writeReport(baseline: "rft")
            Issue.record("was written")
        } catch let error as ServiceError {
            #expect("\(error)".contains("The baseline is a method of the study, sft, awr; got rft."))
        }
    }
}
