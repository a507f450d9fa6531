import Basics
import Problems
import Testing

@Suite struct `The difficulty controller` {
    /// A policy that passes a problem of a level by chance, less often the higher the level.
    private struct SimulatedPolicy {
        var skill: Double
        var generator: SeededGenerator

        /// Falls from 1 to 0 around the skill, by a fifth from level to level where it is steepest.
        func rate(_ level: Int) -> Double { min(1, max(0, 0.5 + 0.2 * (skill - Double(level)))) }

        mutating func attempt(_ level: Int, trials: Int) -> PassCount {
            let correct = (0..<trials).count { _ in Double(generator.nextUnitFloat()) < rate(level) }
            return PassCount(correct: correct, trials: trials)
        }
    }

    @Test func `a full group above the band goes up, one below goes down, one within stays`() throws {
        var controller = try DifficultyController(levels: 3, startingAt: 1, band: 0.25...0.75, groupSize: 8)
        controller.record(PassCount(correct: 7, trials: 7), at: 1)
        #expect(controller.level == 1, "the group is not full")
        controller.record(PassCount(correct: 0, trials: 1), at: 1)
        #expect(controller.level == 2)
        controller.record(PassCount(correct: 1, trials: 8), at: 2)
        #expect(controller.level == 1)
        // The bounds belong to the band.
        controller.record(PassCount(correct: 2, trials: 8), at: 1)
        controller.record(PassCount(correct: 6, trials: 8), at: 1)
        #expect(controller.level == 1)
        #expect(controller.group == PassCount())
        #expect(
            controller.totals == [PassCount(), PassCount(correct: 15, trials: 24), PassCount(correct: 1, trials: 8)])
    }

    @Test func `there is nothing above the last level, nor below the first`() throws {
        var controller = try DifficultyController(levels: 2, groupSize: 4)
        controller.record(PassCount(correct: 0, trials: 4), at: 0)
        #expect(controller.level == 0)
        for _ in 0..<3 { controller.record(PassCount(correct: 4, trials: 4), at: controller.level) }
        #expect(controller.level == 1)
    }

    @Test func `late solutions of another level are counted, and decide nothing`() throws {
        var controller = try DifficultyController(levels: 3, startingAt: 1, groupSize: 4)
        controller.record(PassCount(correct: 0, trials: 100), at: 2)
        #expect(controller.level == 1)
        #expect(controller.totals[2] == PassCount(correct: 0, trials: 100))
        #expect(controller.group == PassCount())
    }

    @Test(arguments: [(0, 7.2), (14, 7.2), (0, 3.5), (14, 1.0)])
    func `the pass rate of a policy enters the band and stays there`(start: Int, skill: Double) throws {
        for seed in UInt64(1)...20 {
            var policy = SimulatedPolicy(
                skill: skill, generator: SeededGenerator(seed: seed, name: "difficulty/\(start)/\(skill)"))
            var controller = try DifficultyController(levels: 15, startingAt: start)
            for _ in 0..<20 { controller.record(policy.attempt(controller.level, trials: 64), at: controller.level) }
            var (inside, settled) = (0, PassCount())
            for _ in 0..<100 {
                if controller.band.contains(policy.rate(controller.level)) { inside += 1 }
                let count = policy.attempt(controller.level, trials: 64)
                settled = settled + count
                controller.record(count, at: controller.level)
            }
            let rate = try #require(settled.rate)
            #expect(controller.band.contains(rate), "seed \(seed): \(settled)")
            // A rate just within the band may be taken for one outside, but the next decision comes back.
            #expect(inside >= 75, "seed \(seed): \(inside) of 100 groups were drawn within the band")
        }
    }

    @Test func `the level follows a policy that learns`() throws {
        for seed in UInt64(1)...20 {
            var policy = SimulatedPolicy(skill: 0, generator: SeededGenerator(seed: seed, name: "difficulty/learning"))
            var controller = try DifficultyController(levels: 15)
            var (drawn, still) = (PassCount(), PassCount())
            for _ in 0..<200 {
                drawn = drawn + policy.attempt(controller.level, trials: 64)
                still = still + policy.attempt(0, trials: 64)
                controller.record(policy.attempt(controller.level, trials: 64), at: controller.level)
                policy.skill += 0.06
            }
            #expect(abs(Double(controller.level) - policy.skill) < 3, "seed \(seed): \(controller)")
            #expect(controller.band.contains(try #require(drawn.rate)), "seed \(seed): \(drawn)")
            #expect(try #require(still.rate) > 0.7, "seed \(seed): without the controller it leaves the band: \(still)")
            #expect(controller.totals.count { $0.trials > 0 } > 8, "seed \(seed): \(controller.totals)")
        }
    }

    @Test func `what cannot be kept is refused with the value`() {
        for (part, make) in [
            ("3 of 3", { try DifficultyController(levels: 3, startingAt: 3) }),
            ("0 of 0", { try DifficultyController(levels: 0) }),
            ("30.0...70.0", { try DifficultyController(levels: 3, band: 30...70) }),
            ("got 0", { try DifficultyController(levels: 3, groupSize: 0) }),
        ] as [(String, () throws -> DifficultyController)] {
            let error = #expect(throws: ProblemsError.self) { try make() }
            #expect(error?.code == .impossibleDials)
            #expect(error?.message.contains(part) == true, "\(error?.message ?? "")")
        }
    }

    @Test func `a rate needs trials`() {
        #expect(PassCount().rate == nil)
        #expect(PassCount(correct: 3, trials: 4).rate == 0.75)
    }
}
