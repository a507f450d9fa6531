import Foundation
import LanguageModel
import Recipe
import Testing
import Wire

@testable import OperatorCore

/// Benchmarks are tried at tiny sizes: that they end, leave nothing and say everything, and never how fast.
@Suite(.timeLimit(.minutes(5))) struct `Benchmarks` {
    @Test func `the hub's says everything in JSON and leaves nothing behind`() async throws {
        let place = try TemporaryFolder()
        var plan = HubBench.Plan()
        plan.samplerCounts = [3]
        plan.ordersPerRepetition = 1
        plan.repetitions = 2
        var notes: [String] = []
        let report = try await HubBench(plan, executables: Executable.buildFolder, place: place.url).run {
            notes.append($0)
        }
        #expect(notes == ["durable, 3 samplers", "process-crash, 3 samplers"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: place.url.path).isEmpty)

        let json = try #require(
            JSONSerialization.jsonObject(with: Data(report.json.json.utf8)) as? [String: Any])
        #expect(json["bench"] as? String == "hub")
        #expect(json["items_per_repetition"] as? Int == 64)
        #expect(json["disk_syncs_per_second"] is Double)
        let results = try #require(json["results"] as? [[String: Any]])
        #expect(results.map { $0["durability"] as? String } == ["durable", "process-crash"])
        for result in results {
            #expect(result["samplers"] as? Int == 3)
            try expectSpread(result["completions_per_second"])
            try expectSpread(result["messages_per_second"])
        }
        for result in report.results {
            for repetition in result.repetitions {
                // A completion and its answer at the least.
                #expect(repetition.messagesPerSecond > 2 * repetition.completionsPerSecond)
            }
        }
        for word in ["durable", "process-crash", "completions/s"] { #expect(report.text.contains(word)) }
    }

    @Test func `a completion has the bytes that the report says`() throws {
        let text = try HubBench.text()
        let lease = Lease(id: 12_345, item: Item(purpose: .evaluation, problem: "0.0.100.6400"))
        let byteCount = HubBench.rollout(of: lease, text: text).encoded().count
        #expect(abs(byteCount - HubBench.messageBytes) < 16, "\(byteCount)")
    }

    @Test func `the hub's is refused where its ledger has no room, before anything is written`() async throws {
        let place = try TemporaryFolder()
        var plan = HubBench.Plan()
        plan.ordersPerRepetition = 1_000_000_000
        do {
            _ = try await HubBench(plan, executables: Executable.buildFolder, place: place.url).run { _ in }
            Issue.record("was begun")
        } catch let error as BenchError {
            #expect("\(error)".contains("needs 1536000000 MB of free disk space for its ledger; \(place.url.path) has"))
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: place.url.path).isEmpty)
    }

    @Test func `the hub's that is cancelled ends at once and leaves nothing behind`() async throws {
        let place = try TemporaryFolder()
        var plan = HubBench.Plan()
        plan.ordersPerRepetition = 1_000
        let bench = HubBench(plan, executables: Executable.buildFolder, place: place.url)
        let measurement = Task { try await bench.run { _ in } }
        while try FileManager.default.contentsOfDirectory(atPath: place.url.path).isEmpty { await Task.yield() }
        measurement.cancel()
        await #expect(throws: (any Error).self) { _ = try await measurement.value }
        #expect(try FileManager.default.contentsOfDirectory(atPath: place.url.path).isEmpty)
    }

    @Test func `the engine's says everything in JSON`() throws {
        var plan = try EngineBench.Plan(threadCount: 2)
        plan.subjects = [
            EngineBench.Subject(
                name: "tiny",
                shape: try ModelShape(
                    vocabularySize: 300, contextLength: 32, width: 16, layerCount: 1, headCount: 2,
                    keyValueHeadCount: 1, feedForwardWidth: 16),
                sequences: 2, sequenceTokens: 9, decodedTokens: 3)
        ]
        plan.slotCounts = [1, 2]
        plan.repetitions = 1
        plan.productDuration = .milliseconds(1)
        let report = try EngineBench(plan).run { _ in }
        let json = try #require(
            JSONSerialization.jsonObject(with: Data(report.json.json.utf8)) as? [String: Any])
        #expect(json["threads"] as? Int == 2)
        #expect(json["numerics"] as? String == Numerics.name(.fp32))
        let results = try #require(json["results"] as? [[String: Any]])
        #expect(results.map { $0["parameters"] as? Int } == [plan.subjects[0].shape.parameterCount])
        let measured = try #require(results[0]["measured"] as? [[String: Any]])
        #expect(measured.map { $0["what"] as? String } == ["training", "decoding", "decoding"])
        #expect(measured.map { $0["sequences_at_once"] as? Int } == [nil, 1, 2])
        for row in measured {
            try expectSpread(row["tokens_per_second"])
            let share = try #require(row["share_of_sgemm"] as? Double)
            let operations = try #require(row["operations_per_second"] as? Double)
            let products = try #require(row["sgemm_operations_per_second"] as? Double)
            #expect(abs(share - operations / products) < 1e-9)
        }
        #expect(report.text.contains("tiny"))
    }

    @Test(arguments: WorkBench.Work.allCases, Precision.allCases)
    func `of one piece of work tells tokens, time and memory`(work: WorkBench.Work, precision: Precision) throws {
        let trains = [.train, .lora, .dpo].contains(work)
        guard !(trains && precision == .int8) else { return }
        let shape = try ModelShape(
            vocabularySize: 257, contextLength: 600, width: 16, layerCount: 1, headCount: 2, keyValueHeadCount: 1,
            feedForwardWidth: 16)
        let plan = WorkBench.Plan(work: work, precision: precision, decoded: 2, threadCount: 2)
        let report = try WorkBench(plan) { try Model.random(shape: shape, seed: 1) }.run()
        let json = try #require(
            JSONSerialization.jsonObject(with: Data(report.json.json.utf8)) as? [String: Any])
        let tokens = [
            WorkBench.Work.decode: 2 * 128, .continue: 32 * 64, .prompt: 512, .train: 8 * 256, .lora: 8 * 256,
            .dpo: 16 * 256,
        ]
        #expect(json["tokens"] as? Int == tokens[work])
        let sequences = [WorkBench.Work.decode: 2, .continue: 32, .prompt: 1, .train: 8, .lora: 8, .dpo: 16]
        #expect(json["sequences"] as? Int == sequences[work])
        #expect(json["work"] as? String == work.rawValue && json["precision"] as? String == precision.rawValue)
        #expect(json["engine"] as? String == "eightfold")
        #expect(try #require(json["seconds"] as? Double) > 0)
        #expect(try #require(json["peak_bytes"] as? Int) > 1 << 20)
    }

    @Test func `of training in int8 is refused with the remedy`() throws {
        let folder = try TemporaryFolder()
        let result = try Executable.run(
            "bench", "work", "train", "--model", "m", "--precision", "int8", folder: folder.url)
        #expect(result.code == 2)
        #expect(result.errors.contains("Training has no int8 products. Choose --precision fp32 or bf16."))
    }

    @Test(arguments: [
        (["continue", "--sequences", "8"], "continue always has 32 sequences. Leave out --sequences."),
        (["decode", "--sequences", "0"], "--sequences is 1 to 4096; got 0."),
    ])
    func `of sequences that a work cannot have is refused`(arguments: [String], error: String) throws {
        let folder = try TemporaryFolder()
        let result = try Executable.run(["bench", "work", "--model", "m"] + arguments, folder: folder.url)
        #expect(result.code == 2)
        #expect(result.errors.contains(error))
    }

    @Test func `a spread is the middle, the smallest and the largest`() {
        #expect(Spread([3, 1, 2]) == Spread([2, 3, 1]))
        #expect((Spread([3, 1, 2]).minimum, Spread([3, 1, 2]).median, Spread([3, 1, 2]).maximum) == (1, 2, 3))
        #expect(Spread([4, 1, 2, 9]).median == 3)
    }

    private func expectSpread(_ value: Any?) throws {
        let spread = try #require(value as? [String: Double])
        #expect(Set(spread.keys) == ["median", "min", "max"])
        let (low, middle, high) = (spread["min"] ?? 0, spread["median"] ?? 0, spread["max"] ?? 0)
        #expect(0 < low && low <= middle && middle <= high)
    }
}
