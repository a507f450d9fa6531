import Foundation
import Testing

@testable import Studies

@Suite struct `A study's report` {
    /// A method whose error at D is that of the baseline at 4 D: 10,000 problems, errors 100/√D percent.
    private static func results() -> [CellResult] {
        [100, 400, 1_600, 6_400].flatMap { size -> [CellResult] in
            let wrong = Int(10_000 / Double(size).squareRoot())
            var sft = `A line of results`.result("sft", size, wrong: wrong, of: 10_000)
            sft.trained.tokens = 70
            sft.seconds = 10
            var better = `A line of results`.result("per-step", size, wrong: wrong / 2, of: 10_000)
            better.trained.tokens = 5
            better.rollouts.tokens = 20
            better.continuations.tokens = 3
            better.seconds = 2
            return [sft, better]
        }
    }

    private static func report(_ results: [CellResult]) -> StudyReport {
        StudyReport(
            name: "a < b", methods: [("sft", nil), ("per-step", "sft")], baseline: "sft", results: results)
    }

    @Test func `reads the efficiency of a method off the fits, with an interval`() throws {
        let report = Self.report(Self.results())
        let row = try #require(report.rows.first { $0.method == "per-step" && $0.size == 400 })
        let efficiency = try #require(row.efficiency)
        guard case .ratio(let ratio) = efficiency.value else {
            Issue.record("\(efficiency.value)")
            return
        }
        #expect(abs(ratio - 4) < 0.05)
        #expect(efficiency.interval.contains(4) && efficiency.interval.upperBound < 5)
        #expect(abs(row.error - 0.025) < 1e-12)
        let difference = try #require(row.difference)
        #expect(abs(difference.value + 0.025) < 1e-12 && difference.interval.contains(-0.025))
        #expect(report.rows.first { $0.method == "sft" }?.efficiency == nil)
        #expect(abs(try #require(report.fits.first).law.exponent - 0.5) < 0.01)
    }

    @Test func `bounds an efficiency beyond the baseline's sizes`() throws {
        let report = Self.report(Self.results())
        let row = try #require(report.rows.first { $0.method == "per-step" && $0.size == 6_400 })
        #expect(row.efficiency?.value == .atLeast(1))
        #expect(report.markdown.contains("| ≥ 1.00 (1.00 to 1.00) |"))
    }

    @Test func `adds up the cost of the whole way from the base`() throws {
        let rows = Self.report(Self.results()).rows
        let row = try #require(rows.first { $0.method == "per-step" })
        #expect(row.sampledTokens == 23 && row.trainedTokens == 75 && row.seconds == 12)
        #expect(rows.first { $0.method == "sft" }?.sampledTokens == 0)
        var results = Self.results()
        for index in results.indices where results[index].method == "sft" { results[index].seconds = nil }
        // A cell that was interrupted has no time of its own, and what comes after it none either.
        #expect(Self.report(results).rows.allSatisfy { $0.seconds == nil })
    }

    @Test func `is a table, a page without markup in its texts, and plots that name every method`() throws {
        let report = Self.report(Self.results())
        #expect(report.markdown.contains("| sft | 400 | 1 | 5.0% |"))
        let plots = try report.plots
        #expect(plots.keys.sorted() == ["error-by-problems", "error-by-sampled-tokens"])
        let plot = try #require(plots["error-by-problems"])
        let read = try #require(try JSONSerialization.jsonObject(with: plot) as? [String: Any])
        #expect((read["layer"] as? [Any])?.count == 3)
        let page = report.page(plots: ["error-by-problems"])
        #expect(page.contains("<h1>Results of a &lt; b</h1>") && !page.contains("a < b"))
        #expect(page.contains("<img src=\"error-by-problems.svg\""))
        #expect(page.components(separatedBy: "<tr>").count == 1 + 1 + 8 + 1 + 2)
    }

    @Test func `leaves out cells that were not evaluated on test problems`() {
        var results = Self.results()
        results[0].evaluations = []
        #expect(Self.report(results).rows.count == 7)
    }
}
