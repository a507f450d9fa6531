import Basics
import Credit
import Testing

@Suite struct `First pit search` {
    @Test func `a search worked by hand`() throws {
        var search = try FirstPitSearch(stepCount: 4, continuationCount: 5, waveSize: 2)
        try expectRequest(search, 1, 2)
        try search.record(correct: 1, incorrect: 1, errors: 0)  // Passed in the first wave.
        try expectRequest(search, 2, 2)
        try search.record(correct: 0, incorrect: 2, errors: 0)
        try expectRequest(search, 2, 2)
        try search.record(correct: 0, incorrect: 2, errors: 0)
        try expectRequest(search, 2, 1)  // The rest of five.
        try search.record(correct: 1, incorrect: 0, errors: 0)
        try expectRequest(search, 3, 2)
        for count in [2, 2, 1] {
            #expect(search.outcome == nil)
            try search.record(correct: 0, incorrect: count, errors: 0)
        }
        #expect(search.outcome == .pit(step: 3))
        #expect(search.nextRequest == nil)
        #expect(search.statistics.trials == [2, 5, 5])
        #expect(search.statistics.successes == [1, 1, 0])
    }

    @Test func `if all shorter prefixes are passed the last step is the pit, unsampled`() throws {
        var search = try FirstPitSearch(stepCount: 3, continuationCount: 4, waveSize: 4)
        try search.record(correct: 4, incorrect: 0, errors: 0)
        try expectRequest(search, 2, 4)
        try search.record(correct: 1, incorrect: 3, errors: 0)
        #expect(search.outcome == .pit(step: 3))
        #expect(search.statistics.trials.count == 2)
    }

    @Test func `a rollout of one step has its pit there`() throws {
        let search = try FirstPitSearch(stepCount: 1, continuationCount: 4, waveSize: 4)
        #expect(search.outcome == .pit(step: 1))
        #expect(search.nextRequest == nil)
    }

    @Test func `an error is asked again, and is neither a success nor a failure`() throws {
        var search = try FirstPitSearch(stepCount: 3, continuationCount: 4, waveSize: 3)
        try search.record(correct: 0, incorrect: 1, errors: 2)
        #expect(search.statistics.trials == [1])
        try expectRequest(search, 1, 2)
        try search.record(correct: 0, incorrect: 2, errors: 0)
        try expectRequest(search, 1, 1)
        try search.record(correct: 0, incorrect: 0, errors: 1)  // A later wave has its own second chance.
        try expectRequest(search, 1, 1)
        try search.record(correct: 0, incorrect: 1, errors: 0)
        #expect(search.outcome == .pit(step: 1))
        #expect(search.statistics.trials == [4])
    }

    @Test func `a success passes a prefix whatever the errors beside it`() throws {
        var search = try FirstPitSearch(stepCount: 3, continuationCount: 4, waveSize: 3)
        try search.record(correct: 1, incorrect: 0, errors: 2)
        try expectRequest(search, 2, 3)
        try search.record(correct: 0, incorrect: 0, errors: 3)
        try search.record(correct: 1, incorrect: 0, errors: 2)
        #expect(search.outcome == .pit(step: 3))
    }

    @Test func `a second error abandons the search`() throws {
        var search = try FirstPitSearch(stepCount: 4, continuationCount: 4, waveSize: 2)
        try search.record(correct: 2, incorrect: 0, errors: 0)
        try search.record(correct: 0, incorrect: 0, errors: 2)
        #expect(search.outcome == nil)
        try search.record(correct: 0, incorrect: 1, errors: 1)
        #expect(
            search.outcome
                == .abandoned(reason: "1 continuations of the first 2 steps could not be graded, twice."))
        #expect(search.nextRequest == nil)
    }

    @Test(arguments: [(3, 0, 0), (0, 1, 0), (1, 2, 0), (-1, 3, 0), (1, 0, 0), (Int.max, Int.max, 4), (Int.max, 1, 2)])
    func `grades that were not asked for are refused and change nothing`(
        correct: Int, incorrect: Int, errors: Int
    ) throws {
        var search = try FirstPitSearch(stepCount: 3, continuationCount: 4, waveSize: 2)
        let before = search
        let error = #expect(throws: CreditError.self) {
            try search.record(correct: correct, incorrect: incorrect, errors: errors)
        }
        #expect(error?.code == .contradictoryCounts)
        #expect(search == before)
    }

    @Test func `an ended search takes no more grades`() throws {
        var search = try FirstPitSearch(stepCount: 1, continuationCount: 4, waveSize: 2)
        #expect(throws: CreditError.self) { try search.record(correct: 1, incorrect: 1, errors: 0) }
        #expect(throws: CreditError.self) { try search.record(correct: 0, incorrect: 0, errors: 0) }
    }

    @Test(arguments: UInt64(0)..<200)
    func `the pit is that of a loop over all continuations, for any wave, through storage and back`(seed: UInt64) throws
    {
        var generator = SeededGenerator(seed: seed, name: "search")
        let (stepCount, count) = (1 + Int(seed % 6), 1 + Int(seed / 6 % 5))
        // succeeds[i][j]: whether continuation j of the prefix of i + 1 steps is correct.
        let chance = generator.nextUnitFloat()
        let succeeds = (1..<max(2, stepCount)).map { _ in (0..<count).map { _ in generator.nextUnitFloat() < chance } }
        let expected = (1..<stepCount).first { !succeeds[$0 - 1].contains(true) } ?? stepCount

        for waveSize in 1...count {
            var search = try FirstPitSearch(stepCount: stepCount, continuationCount: count, waveSize: waveSize)
            while let request = search.nextRequest {
                let prefix = request.prefixStepCount
                let done = search.statistics.trials.count >= prefix ? search.statistics.trials[prefix - 1] : 0
                // Some waves lose their last continuation to an error at first.
                let errors = search.retryCount == 0 && generator.nextUnitFloat() < 0.3 ? 1 : 0
                let wave = succeeds[prefix - 1][done..<(done + request.count - errors)]
                let correct = wave.count { $0 }
                try search.record(correct: correct, incorrect: wave.count - correct, errors: errors)
                #expect(try restored(search) == search, "seed \(seed)")
            }
            #expect(search.outcome == .pit(step: expected), "seed \(seed), wave \(waveSize)")
        }
    }

    @Test(arguments: [(0, 4, 2), (3, 0, 0), (3, 4, 0), (3, 4, 5), (-1, 4, 4)])
    func `settings out of range are refused`(stepCount: Int, continuationCount: Int, waveSize: Int) {
        let error = #expect(throws: CreditError.self) {
            try FirstPitSearch(stepCount: stepCount, continuationCount: continuationCount, waveSize: waveSize)
        }
        #expect(error?.code == .settingOutOfRange)
    }

    @Test(
        arguments: [
            ([2, 2, 2], [1, 1, 1], 0, false),  // More prefixes than can be asked for: the last step's is not sampled.
            ([5], [1], 0, false),  // More trials than K.
            ([2, 2], [0, 1], 0, false),  // Went on after a prefix that was not passed.
            ([4], [3], 0, false),  // More successes than a wave holds.
            ([2], [1], 1, false),  // Errors to ask again for a prefix that is passed.
            ([2], [1], 0, true),  // Abandoned after a success.
            ([2], [0], 0, true),  // Abandoned without an error.
            ([0], [0], 0, false),  // Looked into without anything asked.
            ([4], [0], 1, false),  // More asked again than are left.
            ([1], [0], 3, false),  // More asked again than a wave holds.
            ([2], [0], -1, false),
            ([], [], 1, false),
            ([], [], 0, true),
        ] as [([Int], [Int], Int, Bool)])
    func `a stored state whose counts contradict each other is refused`(
        trials: [Int], successes: [Int], retryCount: Int, isAbandoned: Bool
    ) throws {
        let statistics = try PrefixStatistics(trials: trials, successes: successes)
        let error = #expect(throws: CreditError.self) {
            try FirstPitSearch(
                stepCount: 3, continuationCount: 4, waveSize: 2, statistics: statistics, retryCount: retryCount,
                isAbandoned: isAbandoned)
        }
        #expect(error?.code == .contradictoryCounts)
    }

    private func expectRequest(
        _ search: FirstPitSearch, _ prefixStepCount: Int, _ count: Int, at location: SourceLocation = #_sourceLocation
    ) throws {
        let request = try #require(search.nextRequest, sourceLocation: location)
        #expect(request.prefixStepCount == prefixStepCount && request.count == count, sourceLocation: location)
    }

    private func restored(_ search: FirstPitSearch) throws -> FirstPitSearch {
        try FirstPitSearch(
            stepCount: search.stepCount, continuationCount: search.continuationCount, waveSize: search.waveSize,
            statistics: PrefixStatistics(trials: search.statistics.trials, successes: search.statistics.successes),
            retryCount: search.retryCount, isAbandoned: search.isAbandoned)
    }
}
