import AdvantageCore
import Basics
import Testing
import Wire

@Suite struct `Any search of the advantage service` {
    @Test(arguments: UInt64(1)...60)
    func `ends in bounded turns with outputs that the hub accepts`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed, name: "advantage")
        let continuationCount = Int.random(in: 1...3, using: &generator)
        let wave = Int.random(in: 1...continuationCount, using: &generator)
        let rollouts: [Scene.Graded] = (0..<4).map { index in
            let lines = (0..<Int.random(in: 0...3, using: &generator)).map { "\($0)+\(index)=\($0 + index)\n" }
            return (lines.joined() + "#### \(index)", Self.grade(&generator))
        }
        let plan = CreditPlan(
            negatives: 2, continuations: continuationCount, wave: wave,
            layout: ["next-step", "completion", "paper-1"].randomElement(using: &generator)!, positives: 2,
            positiveWeight: 1,
            sampling: SamplingPlan(rollouts: 4))
        var scene = try Scene(rollouts, plan)
        // Three prefixes at the longest, K waves of each, each of them asked for twice.
        let bound = 1 + 3 * continuationCount * 2
        while try scene.outcome == nil, scene.turnCount <= bound {
            let requests = try scene.requests
            let answers: [[Scene.Graded]] = requests.map { request in
                (0..<request.sampling.rollouts).map { _ in ("#### 5", Self.grade(&generator)) }
            }
            try scene.answer(answers)
        }
        let outcome = try #require(try scene.outcome, "seed \(seed): no end after \(scene.turnCount) turns")
        #expect(try outcome.experience == scene.experience.count, "seed \(seed)")
        #expect(outcome.reason.isEmpty == (outcome.experience > 0), "seed \(seed)")
        #expect(outcome.correct + outcome.incorrect + outcome.noAnswer + outcome.errors == 4, "seed \(seed)")
        #expect(outcome.continuations <= 2 * 3 * continuationCount * 2, "seed \(seed)")
    }

    private static func grade(_ generator: inout SeededGenerator) -> Grade? {
        let grades: [Grade?] = [.correct, .incorrect, .incorrect, .noAnswer, .gradingError, nil]
        return grades[Int.random(in: grades.indices, using: &generator)]
    }
}
