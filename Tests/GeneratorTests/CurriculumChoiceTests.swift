import Problems
import Testing
import Wire

@testable import GeneratorCore

@Suite struct `An order with a curriculum` {
    private func lease(_ rates: [PassRate], curriculum: Bool = true, purpose: Purpose = .preference) -> Lease {
        let order = Order(
            source: ProblemSource(family: "arithmetic", seed: 7, dials: ["steps=1..3"]), firstIndex: 1_000, count: 64,
            sampling: SamplingPlan(rollouts: 2), credit: purpose == .preference ? CreditPlan() : nil, passRates: rates,
            curriculum: curriculum)
        return Lease(
            id: 5, item: Item(id: "o", queue: .orders, purpose: purpose, stage: 1, round: 2, body: order.encoded()))
    }

    private func problems(_ lease: Lease) throws -> [Wire.Problem] {
        try Generator.complete(lease).items.filter { $0.item.queue == .problems }
            .map { try Wire.Problem(decoding: $0.item.body) }
    }

    private func counts(_ problems: [Wire.Problem]) -> [String: Int] {
        Dictionary(problems.map { ($0.level, 1) }, uniquingKeysWith: +)
    }

    @Test func `draws fewer problems of levels that are always or never solved`() throws {
        let rates = [
            PassRate(level: "1 step", correct: 400, rollouts: 400),
            PassRate(level: "2 steps", correct: 200, rollouts: 400),
            PassRate(level: "3 steps", correct: 0, rollouts: 400),
        ]
        let without = counts(try problems(lease(rates, curriculum: false)))
        let with = counts(try problems(lease(rates)))
        // A third of each without; with it 20 problems of two steps for one of either other level.
        #expect(without.values.allSatisfy { $0 > 10 } && without.count == 3, "\(without)")
        #expect(with["2 steps", default: 0] > 50, "\(with)")
    }

    @Test func `draws as without one where nothing is known yet`() throws {
        #expect(try problems(lease([])).map(\.question) == problems(lease([], curriculum: false)).map(\.question))
    }

    @Test func `is a function of the order, and names problems by their place and their own index`() throws {
        let rates = [PassRate(level: "1 step", correct: 400, rollouts: 400)]
        let lease = lease(rates)
        let complete = try Generator.complete(lease)
        try checkByHub(complete, of: lease)
        #expect(try Generator.complete(lease) == complete)
        let family = try ProblemFamilies.family(named: "arithmetic", dials: ["steps": "1..3"])
        var elsewhere = 0
        for (place, problem) in try problems(lease).enumerated() {
            #expect(problem.question == family.problem(seed: 7, index: problem.index, split: .train).question)
            if problem.index != 1_000 + UInt64(place) { elsewhere += 1 }
        }
        #expect(elsewhere > 0)
        #expect(complete.items.first?.item.id == "1000")
    }

    @Test func `is refused where nothing is trained on by preference`() {
        #expect(throws: GeneratorError.self) { try Generator.complete(lease([], purpose: .evaluation)) }
    }
}
