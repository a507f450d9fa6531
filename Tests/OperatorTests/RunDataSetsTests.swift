import Basics
import Foundation
import Ledger
import Logging
import Recipe
import ServiceKit
import Testing

@testable import OperatorCore

@Suite(.timeLimit(.minutes(5))) struct `A run on a data set` {
    private let place: TemporaryFolder

    init() throws {
        place = try TemporaryFolder()
        try write("train.jsonl", 0..<40)
        try write("test.jsonl", 100..<120)
    }

    /// - Parameter longest: the number whose solution has a line of 70 bytes more.
    private func write(_ name: String, _ numbers: Range<Int>, longest: Int? = nil) throws {
        let lines = numbers.map {
            #"{"question":"\#($0)+1","answer":"\#($0 == longest ? String(repeating: "-", count: 69) + #"\n"# : "")\#($0)+1=<<\#($0)+1>>\#($0 + 1)\n#### \#($0 + 1)"}"#
        }
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(fileURLWithPath: place.file(name)))
    }

    private func hash(_ name: String) throws -> String {
        try ContentHash(ofFile: URL(fileURLWithPath: place.file(name))).hexadecimal
    }

    private func recipe(
        test: String = "test.jsonl", taught: Int = 32, evaluated: Int = 16, more: String = ""
    ) throws -> Recipe {
        try Recipe(
            yaml: """
                model: {new: {width: 16, layers: 1, heads: 2, key_value_heads: 2, feed_forward_width: 16, context_length: 64}}
                problems: {file: "\(place.file("train.jsonl"))", test_file: "\(place.file(test))"\(more)}
                hub: {minimum_free_gigabytes: 0.1}
                stages:
                  - supervised: {name: warm-start, problems: \(taught), epochs: 1, batch_size: 16, warmup_updates: 1}
                  - preference:
                      {name: improve, rounds: 1, problems_per_round: 24, rollouts_per_problem: 2, maximum_tokens: 16}
                  - evaluate: {name: after, problems: \(evaluated), maximum_tokens: 16, answers: last-number}
                """, file: "test")
    }

    private func refusal(_ recipe: Recipe) -> String {
        let error = #expect(throws: ServiceError.self) {
            try RunLauncher.begin(recipe, in: RunFolder(place.file("refused")))
        }
        #expect(error?.code == .input)
        #expect(!FileManager.default.fileExists(atPath: place.file("refused")))
        return error?.message ?? ""
    }

    @Test func `is the run's own: its files may be gone when it is resumed`() async throws {
        let folder = RunFolder(place.file("run"))
        let named = try recipe()
        // At its end the launcher lets go of the folder.
        do {
            let problems = try RunLauncher.begin(named, in: folder).recipe.problems
            #expect(problems.sha256 == (try hash("train.jsonl")))
            #expect(problems.testSHA256 == (try hash("test.jsonl")))
        }
        for name in ["train.jsonl", "test.jsonl"] { try FileManager.default.removeItem(atPath: place.file(name)) }

        let launcher = try RunLauncher.resume(folder, expecting: named)
        let run = try InProcessRun(launcher, samplers: 1) { _ in
            Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        }
        try await run.run { _, _ in }
        #expect(try launcher.isFinished)
        let report = try Audit.report(ledger: folder.ledger.path, blobs: folder.blobs)
        #expect(report.isClean, "\(report.text)")
        #expect(report.count(of: "problems") == 32 + 24 + 16)
        #expect(report.count(of: "outcomes") == 32 + 24 + 16)
        let table = try ResultTable(ledger: folder.ledger.path, blobs: folder.blobs, recipe: launcher.recipe)
        #expect(table.rows.map(\.problemCount) == [16])
    }

    @Test func `asks for no more problems than there are`() throws {
        #expect(
            refusal(try recipe(taught: 41)).contains(
                "warm-start asks for 41, and \(place.file("train.jsonl")) has 40. Lower stages.warm-start.problems."))
        #expect(
            refusal(try recipe(evaluated: 21)).contains("after asks for 21, and \(place.file("test.jsonl")) has 20."))
        #expect(throws: Never.self) { try RunDataSets(recipe(taught: 40, evaluated: 20)) }
    }

    @Test func `teaches nothing that the model has no room for`() throws {
        try write("train.jsonl", 0..<40, longest: 6)
        #expect(
            refusal(try recipe(taught: 40)).contains(
                "context of 64 tokens with its solution; line 7 of \(place.file("train.jsonl")) has 87."))
        try write("train.jsonl", 0..<40)
        #expect(throws: Never.self) { try RunLauncher.begin(recipe(taught: 40), in: RunFolder(place.file("run"))) }
    }

    @Test func `is not evaluated on what it is trained on`() throws {
        try write("leaky.jsonl", 39..<60)
        #expect(refusal(try recipe(test: "leaky.jsonl")).contains("has a question that"))
    }

    @Test func `is refused where a file is not the one that the recipe gives the hash of`() throws {
        let right = try recipe(more: ", sha256: \(hash("train.jsonl")), test_sha256: \(hash("test.jsonl"))")
        #expect(try RunDataSets(right).recipe == right)
        let wrong = try recipe(more: ", sha256: \(hash("test.jsonl"))")
        #expect(
            refusal(wrong).contains(
                "must be the one whose SHA-256 the recipe gives; its own is \(try hash("train.jsonl"))"))
    }

    @Test func `is refused where a file is no data set or cannot be read`() throws {
        try Data("{}\n".utf8).write(to: URL(fileURLWithPath: place.file("empty.jsonl")))
        #expect(refusal(try recipe(test: "empty.jsonl")).contains("line 1 is not."))
        #expect(refusal(try recipe(test: "absent.jsonl")).contains("absent.jsonl is not. Check the path"))
    }
}
