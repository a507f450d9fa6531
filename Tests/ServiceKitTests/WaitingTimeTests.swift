import Testing

@testable import ServiceKit

@Suite struct `The time that a worker waits` {
    private let start = ContinuousClock.now

    private func at(_ seconds: Int) -> ContinuousClock.Instant { start + .seconds(seconds) }

    @Test func `begins with its start, and ends with its first work`() {
        var time = WaitingTime(at: start)
        #expect(time.waited(at: at(2)) == .seconds(2))
        time.set(waits: false, at: at(3))
        #expect(time.waited(at: at(9)) == .seconds(3))
        #expect(time.up(at: at(9)) == .seconds(9))
    }

    @Test func `adds up, and does not begin again when it is told twice`() {
        var time = WaitingTime(at: start)
        time.set(waits: true, at: at(1))
        time.set(waits: false, at: at(2))
        time.set(waits: false, at: at(4))
        time.set(waits: true, at: at(5))
        time.set(waits: true, at: at(7))
        #expect(time.waited(at: at(10)) == .seconds(7))
        time.set(waits: false, at: at(11))
        #expect(time.waited(at: at(20)) == .seconds(8))
    }
}
