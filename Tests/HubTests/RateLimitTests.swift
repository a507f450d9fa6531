@testable import HubCore
import HubSimulation
import Testing
import Wire

@Suite struct `Rate limit` {
    @Test func `so many pass in each period, and the next one that passes tells how many did not`() {
        var limit = RateLimit(each: 1_000, most: 2)
        #expect(limit.admit(at: 5) == 0)
        #expect(limit.admit(at: 900) == 0)
        for _ in 0..<3 { #expect(limit.admit(at: 1_004) == nil) }
        #expect(limit.admit(at: 1_005) == 3)
        #expect(limit.admit(at: 1_006) == 0)
    }

    @Test func `a peer that is refused without end fills a few lines of the log a second, and all of it is counted`()
        throws
    {
        let bench = try Bench()
        let sampler = try bench.join(.sampler)
        sampler.run = "run-2"
        var lines = 0
        for _ in 0..<500 {
            try sampler.ask(.heartbeat, Heartbeat().encoded())
            lines += bench.exchange.notices.count
        }
        #expect(lines == 20)
        #expect(bench.exchange.counters["refused.run"] == 500)
        bench.hub.milliseconds += 1_000
        try sampler.ask(.heartbeat, Heartbeat().encoded())
        #expect(bench.exchange.notices.contains { $0.hasPrefix("480 more messages were refused") })
    }
}
