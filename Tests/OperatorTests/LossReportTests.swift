import Testing

@testable import OperatorCore

@Suite struct `The report of lost messages` {
    @Test func `counts every loss once, and says so at most once a second and at the end`() {
        let start = ContinuousClock.now
        var report = LossReport()
        #expect(report.report(0, at: start) == nil)
        #expect(report.report(5, at: start) == 5)
        #expect(report.report(7, at: start + .milliseconds(900)) == nil)
        #expect(report.report(9, at: start + .seconds(1)) == 4)
        #expect(report.report(9, at: start + .seconds(5)) == nil)
        #expect(report.report(12, at: start + .seconds(6)) == 3)
        #expect(report.report(13, at: start + .seconds(6), isLast: true) == 1)
    }
}
