import Foundation
import Recipe
import ServiceKit
import Testing

@testable import OperatorCore

@Suite struct `A run on a family` {
    @Test(
        arguments: [
            ("{family: puzzle, dials: {number: 3}}", "test", "must be one of: bound, integers"),
            (
                "{family: puzzle, dials: {integers: [1, 20], shifted-integers: [20, 30]}}", "range-shift",
                "shifted-integers"
            ),
            ("{family: star-graph, dials: {labels: [1, 5]}}", "test", "at least 8 labels"),
            ("{steps: [2, 4], dials: {shifted-steps: 4}}", "form-shift", "shifted-steps"),
            ("{operands: [50, 60], values: [0, 40]}", "test", "overlap"),
        ])
    func `is not begun where its problems cannot be made`(problems: String, split: String, part: String) throws {
        let place = try TemporaryFolder()
        let recipe = try Recipe(
            yaml: "problems: \(problems)\nstages: [evaluate: {split: \(split)}]", file: "test")
        let error = #expect(throws: ServiceError.self) {
            try RunLauncher.begin(recipe, in: RunFolder(place.file("refused")))
        }
        #expect(error?.code == .input)
        #expect(error?.message.contains(part) == true, "\(error?.message ?? "")")
        #expect(!FileManager.default.fileExists(atPath: place.file("refused")))
    }
}
