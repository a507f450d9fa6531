import Recipe
import Studies
import Testing

@testable import OperatorCore

@Suite struct `An estimate of a study's time` {
    private func result(_ method: String, _ size: Int, seconds: Double?) -> CellResult {
        var result = CellResult(method: method, size: size, seed: 1, digest: "", machine: "")
        result.seconds = seconds
        return result
    }

    private func cell(_ method: String, _ size: Int) -> StudyCell { StudyCell(method: method, size: size, seed: 2) }

    @Test func `goes by the nearest cell of the method, and by any where it has none`() {
        var estimate = StudyEstimate([result("sft", 100, seconds: 10), result("sft", 800, seconds: 40)])
        #expect(estimate.seconds(of: [cell("sft", 200)]) == 20)
        #expect(estimate.seconds(of: [cell("sft", 400), cell("rft", 800)]) == 60)
        estimate.add(result("rft", 800, seconds: 8))
        #expect(estimate.seconds(of: [cell("rft", 1_600)]) == 16)
    }

    @Test func `knows nothing of cells that were interrupted`() {
        #expect(StudyEstimate([result("sft", 100, seconds: nil)]).seconds(of: [cell("sft", 100)]) == nil)
    }

    @Test(arguments: [(20.4, "about 20 s"), (600, "about 10 min"), (7_200, "about 2.0 h")])
    func `is told in units that people read`(seconds: Double, text: String) {
        #expect(StudyEstimate.text(seconds) == text)
    }
}
