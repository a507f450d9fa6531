import Foundation
import Ledger
import Logging
import Recipe
import ServiceKit
import Synchronization
import Testing

@testable import OperatorCore

@Suite(.timeLimit(.minutes(5))) struct `A run on what another one sampled` {
    private let place: TemporaryFolder

    init() throws { place = try TemporaryFolder() }

    private static func recipe(
        _ method: String, seed: Int = 3, problems: String = "{steps: [2, 2]}", rollouts: Int = 4,
        temperature: Double = 1
    ) throws -> Recipe {
        try Recipe(
            yaml: """
                seed: \(seed)
                model: {new: {width: 16, layers: 1, heads: 2, key_value_heads: 2, feed_forward_width: 16, context_length: 64}}
                problems: \(problems)
                hub: {minimum_free_gigabytes: 0.1, durability: process-crash}
                stages:
                  - reinforcement: {method: \(method), rounds: 2, problems_per_round: 8, rollouts_per_problem: \(rollouts),
                      continuations_per_prefix: 3, maximum_tokens: 12, temperature: \(temperature), batch_size: 8}
                """, file: "test")
    }

    /// Runs a recipe to its end; returns its folder and what the samplers logged.
    private func run(_ name: String, _ recipe: Recipe, on recorded: [RunFolder] = []) async throws -> (
        folder: RunFolder, log: [String]
    ) {
        let folder = RunFolder(place.file(name))
        var launcher = try RunLauncher.begin(recipe, in: folder)
        launcher.recorded = recorded
        let log = SamplerLog()
        try await InProcessRun(launcher, samplers: 1) { name in
            Logger(label: name) { name in
                if name.hasPrefix("sampler") { log as any LogHandler } else { SwiftLogNoOpLogHandler() }
            }
        }.run { _, _ in }
        #expect(try launcher.isFinished)
        #expect(try Audit.report(ledger: folder.ledger.path, blobs: folder.blobs).isClean)
        return (folder, log.messages.value)
    }

    private func hasTaken(_ log: [String]) -> Bool { log.contains { $0.hasPrefix("Rollouts are taken from ") } }

    @Test func `ends as it would have ended by sampling itself`() async throws {
        let first = try await run("vine-ppo", Self.recipe("vine-ppo"))
        #expect(!hasTaken(first.log))
        // Only its first round has the same policy; what the second samples is its own.
        let taking = try await run("awr-taking", Self.recipe("awr"), on: [first.folder])
        let sampling = try await run("awr", Self.recipe("awr"))
        #expect(hasTaken(taking.log) && !hasTaken(sampling.log))
        #expect(taking.log.filter { $0.hasPrefix("Rollouts are taken from ") }.count == 1)
        let policies = try [taking, sampling, first].map { try Ledger.policies(path: $0.folder.ledger.path) }
        #expect(policies[0].count == 3 && policies[0] == policies[1] && policies[0][1] != policies[2][1])
        for round in 0..<2 {
            for index in 0..<8 {
                let problem = "0.\(round).0.\((1 << 40) + round * 8 + index)"
                let texts = try [taking, sampling].map { run in
                    try Trace.problem(problem, ledger: run.folder.ledger.path, blobs: run.folder.blobs).items.map {
                        $0.rollout?.steps
                    }
                }
                #expect(texts[0] == texts[1] && texts[0].count > 4, "\(problem)")
            }
        }
        let work = try [taking, sampling].map { run in
            try Ledger.work(path: run.folder.ledger.path, blobs: run.folder.blobs) { _ in 0 }
        }
        // Those of the first round: 8 problems with 4 rollouts each, and their continuations.
        #expect(work[0].takenOverCount >= 32 && work[1].takenOverCount == 0)
        #expect(work[0].takenOverCount < work[0].rollouts.count + work[0].continuations.count)
        // It wants fewer than there are.
        let fewer = try await run("fewer", Self.recipe("awr", rollouts: 2), on: [first.folder])
        #expect(hasTaken(fewer.log))
    }

    @Test func `samples what was not sampled alike`() async throws {
        let first = try await run("first", Self.recipe("reinforce"))
        let others: [(name: String, recipe: Recipe)] = [
            ("seed", try Self.recipe("reinforce", seed: 4)),
            ("temperature", try Self.recipe("reinforce", temperature: 0.9)),
            ("problems", try Self.recipe("reinforce", problems: "{steps: [1, 1]}")),
            ("more", try Self.recipe("reinforce", rollouts: 5)),
        ]
        for (name, recipe) in others {
            let log = try await run(name, recipe, on: [first.folder]).log
            #expect(!hasTaken(log), "\(name): \(log)")
        }
    }

    @Test func `is begun by the command, whose samplers are told`() throws {
        let recipe = try Self.recipe("reinforce").resolvedYAML()
        try Data(recipe.utf8).write(to: place.url.appendingPathComponent("recipe.yaml"))
        for arguments in [["--run", "first"], ["--run", "second", "--recorded", "first"]] {
            let result = try Executable.run(["run", "recipe.yaml"] + arguments, folder: place.url)
            #expect(result.code == 0, "\(result.errors)")
        }
        let taken = try ["first", "second"].map { name in
            let folder = RunFolder(place.file(name))
            return try Ledger.work(path: folder.ledger.path, blobs: folder.blobs) { _ in 0 }.takenOverCount
        }
        // All of the first round; what the second round has sampled is of another policy in each run of a method, or of the same.
        #expect(taken[0] == 0 && taken[1] >= 32)
    }

    @Test func `goes on without a run that is not there`() async throws {
        let log = try await run("run", Self.recipe("reinforce"), on: [RunFolder(place.file("nowhere"))]).log
        #expect(log.contains { $0.hasSuffix("there is none. Name a run's folder.") }, "\(log)")
    }

    /// Keeps what a sampler logs.
    private struct SamplerLog: LogHandler {
        let messages = Messages()
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.info

        final class Messages: Sendable {
            private let kept = Mutex<[String]>([])
            var value: [String] { kept.withLock { $0 } }
            func append(_ message: String) { kept.withLock { $0.append(message) } }
        }

        subscript(metadataKey key: String) -> Logger.MetadataValue? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) { messages.append("\(event.message)") }
    }
}
