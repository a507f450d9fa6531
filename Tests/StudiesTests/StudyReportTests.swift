import Foundation
import Testing

@testable import Studies

@Suite struct `A study's report` {
    /// A method whose error at D is that of the baseline at 4 D: 1,600 problems, errors 100/√D percent.
    private static func results() -> [CellResult] {
        [100, 400, 1_600, 6_400].flatMap { size -> [CellResult] in
            let wrong = Int(1_600 / Double(size).squareRoot())
            var sft = `A line of results`.result("sft", size, wrong: wrong, of: 1_600)
            sft.trained.tokens = 70
            sft.seconds = 10
            var better = `A line of results`.result("per-step", size, wrong: wrong / 2, of: 1_600)
            better.trained.tokens = 5
            better.rollouts.tokens = 20
            better.continuations.tokens = 3
            better.seconds = 2
            return [sft, better]
        }
    }

    private static func report(_ results: [CellResult]) throws -> StudyReport {
        try StudyReport(
            name: "a < b", methods: [("sft", nil), ("per-step", "sft")], baseline: "sft", results: results,
            source: "grid.results.jsonl")
    }

    @Test func `reads the efficiency of a method off the fits, with an interval`() throws {
        let report = try Self.report(Self.results())
        let row = try #require(report.rows.first { $0.method == "per-step" && $0.size == 400 })
        let efficiency = try #require(row.efficiency)
        guard case .ratio(let ratio) = efficiency.value else {
            Issue.record("\(efficiency.value)")
            return
        }
        #expect(abs(ratio - 4) < 0.05)
        let ends = try #require(efficiency.ends)
        // Of so few wrong problems an interval is wide.
        guard case .ratio(let lower) = ends.lower, case .ratio(let upper) = ends.upper else {
            Issue.record("\(ends)")
            return
        }
        #expect(lower < 4 && 4 < upper && upper < 9)
        // Measured at four times the size the same problems are wrong, in every draw.
        let interpolated = try #require(row.interpolated)
        guard case .ratio(let between) = interpolated.value, let around = interpolated.ends else {
            Issue.record("\(interpolated)")
            return
        }
        #expect([between, around.lower.value, around.upper.value].allSatisfy { abs($0 - 4) < 1e-9 })
        #expect(report.rows.first { $0.method == "sft" }?.interpolated == nil)
        #expect(abs(row.error - 0.025) < 1e-12)
        let difference = try #require(row.difference)
        #expect(abs(difference.value + 0.025) < 1e-12 && difference.interval?.contains(-0.025) == true)
        #expect(report.rows.first { $0.method == "sft" }?.efficiency == nil)
        #expect(abs(try #require(report.fits.first).law.exponent - 0.5) < 0.01)
    }

    @Test func `bounds an efficiency beyond the baseline's sizes`() throws {
        let report = try Self.report(Self.results())
        let row = try #require(report.rows.first { $0.method == "per-step" && $0.size == 6_400 })
        #expect(row.efficiency?.value == .atLeast(1))
        // So are the ends of its interval.
        #expect(report.markdown.contains("| ≥ 1.00 (≥ 1.00 to ≥ 1.00) |"))
    }

    @Test func `adds up the cost of the whole way from the base`() throws {
        let rows = try Self.report(Self.results()).rows
        let row = try #require(rows.first { $0.method == "per-step" })
        #expect(row.cost.sampledTokens == 23 && row.cost.trainedTokens == 75 && row.cost.seconds == 12)
        #expect(rows.first { $0.method == "sft" }?.cost.sampledTokens == 0)
        var results = Self.results()
        for index in results.indices where results[index].method == "sft" { results[index].seconds = nil }
        // A cell that was interrupted has no time of its own, and what comes after it none either.
        #expect(try Self.report(results).rows.allSatisfy { $0.cost.seconds == nil })
        // Nor has what comes after a cell that was not measured a cost.
        results.removeAll { $0.method == "sft" }
        #expect(try Self.report(results).rows.allSatisfy { $0.cost.trainedTokens == nil && $0.difference == nil })
    }

    /// How the points, which are the last of three layers, are drawn.
    private static func encoding(of plot: Data?) throws -> [String: [String: Any]] {
        let data = try #require(plot)
        let read = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let layers = try #require(read["layer"] as? [[String: Any]])
        #expect(layers.count == 3)
        return try #require(layers.last?["encoding"] as? [String: [String: Any]])
    }

    @Test func `is a table, a page without markup in its texts, and plots that name every method`() throws {
        let report = try Self.report(Self.results())
        #expect(report.markdown.contains("| sft | 400 | 5.0% |"))
        #expect(report.markdown.contains("`grid.results.jsonl`") && report.markdown.contains("Seed 1 alone."))
        let plots = try report.plots
        #expect(plots.keys.sorted() == ["error-by-problems", "error-by-sampled-tokens"])
        let points = try Self.encoding(of: plots["error-by-problems"])
        #expect((points["x"]?["axis"] as? [String: Any])?["values"] as? [Double] == [100, 400, 1_600, 6_400])
        // In the order of the study, which is not that of the alphabet.
        #expect((points["color"]?["scale"] as? [String: Any])?["domain"] as? [String] == ["sft", "per-step"])
        // What samples nothing has no place in the plot by tokens, and none in its legend.
        let sampled = try Self.encoding(of: plots["error-by-sampled-tokens"])
        #expect((sampled["color"]?["legend"] as? [String: Any])?["values"] as? [String] == ["per-step"])
        let page = report.page(plots: ["error-by-problems"])
        #expect(page.contains("<h1>Results of a &lt; b</h1>") && !page.contains("a < b"))
        #expect(page.contains("<img src=\"error-by-problems.svg\""))
        #expect(page.components(separatedBy: "<tr>").count == 1 + 1 + 8 + 1 + 2)
    }

    /// RFT has the error of per-step credit with four times as many problems, and samples ten tokens of each where that
    /// samples twenty: at equal tokens it is twice as far behind, not four times.
    @Test func `reads the efficiency in sampled tokens off fits against tokens`() throws {
        let results = [100, 400, 1_600].flatMap { size -> [CellResult] in
            let wrong = Int(400 / Double(size).squareRoot())
            var rft = `A line of results`.result("rft", size, wrong: wrong, of: 400)
            rft.rollouts.tokens = 10 * size
            var better = `A line of results`.result("per-step", size, wrong: wrong / 2, of: 400)
            better.rollouts.tokens = 12 * size
            better.continuations.tokens = 8 * size
            return [`A line of results`.result("sft", size, wrong: wrong, of: 400), rft, better]
        }
        func report(_ baseline: String, _ wanted: [String]) throws -> StudyReport {
            try StudyReport(
                name: "grid", methods: [("sft", nil), ("rft", nil), ("per-step", "sft")], baseline: baseline,
                results: results.filter { wanted.contains($0.method) }, source: "x")
        }
        let whole = try report("sft", ["sft", "rft", "per-step"])
        let sampling = try #require(whole.sampling)
        #expect(sampling.baseline == "rft" && sampling.rows.map(\.size) == [100, 400, 1_600])
        let row = try #require(sampling.rows.first { $0.size == 100 })
        #expect(row.method == "per-step" && row.tokens == 2_000)
        guard case .ratio(let ratio) = row.efficiency.value else {
            Issue.record("\(row.efficiency.value)")
            return
        }
        #expect(abs(ratio - 2) < 0.03)
        let ends = try #require(row.efficiency.ends)
        #expect(ends.lower.value < 2 && 2 < ends.upper.value)
        // The most that RFT was measured with is half of what per-step credit samples of 1,600 problems.
        #expect(sampling.rows.last?.efficiency.value == .atLeast(0.5))
        #expect(whole.markdown.contains("| per-step | 100 | 2 k | 2.0"))
        #expect(whole.markdown.contains("efficiency in sampled tokens"))
        #expect(try report("per-step", ["sft", "rft", "per-step"]).sampling?.baseline == "per-step")
        // What samples alone, or nothing, is compared with nothing.
        let alone = try report("sft", ["sft", "rft"])
        #expect(alone.sampling == nil && !alone.markdown.contains("efficiency in sampled tokens"))
    }

    @Test func `tells what a method surveyed that is not tested, and nothing of one that sampled nothing`()
        throws
    {
        var survey = `A line of results`.result("survey", 100, wrong: 0, of: 1)
        survey.evaluations = []
        var taught = survey
        taught.method = "taught"
        survey.rollouts.count = 10
        (survey.correctCount, survey.incorrectCount) = (3, 7)
        (survey.pitCount, survey.checkedPitCount, survey.falsePitCount) = (5, 5, 1)
        (survey.correctStepCount, survey.spuriousStepCount) = (8, 2)
        let methods: [(name: String, after: String?)] = [
            ("sft", nil), ("per-step", "sft"), ("survey", "sft"), ("taught", nil),
        ]
        let report = try StudyReport(
            name: "grid", methods: methods, baseline: "sft", results: Self.results() + [survey, taught], source: "x")
        #expect(report.surveys.map(\.method) == ["survey"])
        #expect(report.markdown.contains("| survey | 100 | 1 | 30.0% | 5 (20.0%) | 25.0% |"))
        #expect(try !Self.report(Self.results()).markdown.contains("surveyed by"))
    }

    @Test func `labels a logarithmic axis at round numbers within what it shows`() {
        #expect(StudyReport.ticks(of: [64.2, 91.3]) == [65, 70, 75, 80, 85, 90])
        #expect(StudyReport.ticks(of: [0.9, 41]) == [1, 2, 5, 10, 20])
        #expect(StudyReport.ticks(of: [70]) == [70])
    }

    @Test func `tells false pits, spurious steps, pass@k and drift where they were measured`() throws {
        var results = Self.results()
        for index in results.indices where results[index].size == 100 && results[index].method == "per-step" {
            (results[index].pitCount, results[index].checkedPitCount, results[index].falsePitCount) = (7, 4, 1)
            (results[index].correctStepCount, results[index].spuriousStepCount) = (8, 2)
            (results[index].formatDrift, results[index].driftingAspect) = (0.25, "steps")
            results[index].evaluations[0].firstPitCounts = [800, 0, 160]
            results[index].evaluations[0].referenceFirstStepCount = 400
            results[index].evaluations[0].noAnswerCount = 200
            results[index].evaluations.append(
                CellResult.Evaluation(
                    stage: "sampled", split: "test", policyVersion: 2, solved: [true], rolloutCount: 4,
                    passAtK: [1: 0.5, 2: 0.625, 4: 0.75]))
        }
        let markdown = try Self.report(results).markdown
        #expect(markdown.contains("| 7 (25.0%) | 25.0% | 0.25 (steps) |"))
        #expect(markdown.contains("| per-step | 100 | 50.0%, 0.0%, 10.0% | 12.5% | 1: 50.0%, 2: 62.5%, 4: 75.0% |"))
        #expect(markdown.contains("| per-step | 400 |  |  |  |"))
        // Exact values say more than the reference's first step.
        #expect(!markdown.contains("first step as the reference's"))
    }

    @Test func `tells how the policies that count do on other problems, with intervals`() throws {
        var results = Self.results()
        for index in results.indices where results[index].method == "per-step" {
            results[index].evaluations[0].referenceFirstStepCount = 400
            for (split, solved) in [("train", 30), ("taught", 40), ("form-shift", 10)] {
                results[index].evaluations.append(
                    CellResult.Evaluation(
                        stage: split, split: split, policyVersion: 2, solved: (0..<40).map { $0 < solved }))
            }
            // Of a policy that does not count.
            results[index].evaluations.append(
                CellResult.Evaluation(stage: "early", split: "range-shift", policyVersion: 1, solved: [true]))
        }
        let report = try Self.report(results)
        let row = try #require(report.rows.first { $0.method == "per-step" && $0.size == 400 })
        #expect(row.elsewhere["train"]?.value == 0.75 && row.elsewhere["range-shift"] == nil)
        let interval = try #require(row.elsewhere["train"]?.interval)
        // 1.96 times the error of a share of 0.75 in 40 is 0.134.
        #expect(abs(interval.lowerBound - 0.61) < 0.03 && abs(interval.upperBound - 0.89) < 0.03)
        #expect(row.elsewhere["taught"]?.interval == 1...1)
        #expect(
            report.markdown.contains(
                "| method | problems | held-out | taught | form-shift | first step as the reference's |"))
        #expect(report.markdown.contains("| 100.0% (100.0% to 100.0%) |") && report.markdown.contains("| 25.0% |"))
        #expect(report.rows.first { $0.method == "sft" }?.elsewhere.isEmpty == true)
    }

    @Test func `is over the seeds that all of its cells have`() throws {
        var results = Self.results()
        // Of another seed there is the supervised one alone, and it is far worse.
        for size in [100, 400, 1_600, 6_400] {
            results.append(`A line of results`.result("sft", size, seed: 2, wrong: 1_440, of: 1_600))
        }
        #expect(try Self.report(results).rows.map(\.error) == Self.report(Self.results()).rows.map(\.error))
        let report = try Self.report(results)
        #expect(report.seeds == [1])
        #expect(
            report.markdown.contains(
                "Seed 1 alone. Seed 2 is left out: it has no result of per-step at 100, per-step at 400, per-step at 1600 and 1 more."
            ))
        for index in results.indices where results[index].method == "per-step" { results[index].seed = 3 }
        #expect(throws: StudyError.self) { try Self.report(results) }
    }

    @Test func `is of those cells alone that are wanted, but with the cost of all`() throws {
        let report = try StudyReport(
            name: "part", methods: [("sft", nil), ("per-step", "sft")], baseline: "sft", results: Self.results(),
            source: "grid.results.jsonl"
        ) { $0.method == "per-step" && $0.size == 100 }
        #expect(report.rows.map(\.size) == [100])
        #expect(report.rows.first?.cost.trainedTokens == 75)
    }

    @Test func `leaves out cells that were not evaluated on test problems`() throws {
        var results = Self.results()
        results[0].evaluations = []
        #expect(try Self.report(results).rows.count == 7)
    }
}
