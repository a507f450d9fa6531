import Foundation
import Testing

@testable import Studies

@Suite struct `A power law` {
    @Test func `is found again in points that lie on it`() throws {
        let law = PowerLaw(scale: 0.7, exponent: 0.15)
        let found = try #require(
            PowerLaw(fitting: [8.0, 64, 512, 4_096].map { ($0, law.error(at: $0)) }))
        #expect(abs(found.scale - 0.7) < 1e-12)
        #expect(abs(found.exponent - 0.15) < 1e-12)
        #expect(abs(try #require(found.size(atError: law.error(at: 100))) - 100) < 1e-9)
    }

    /// numpy.polyfit(log([100, 200, 400, 800]), log([0.5, 0.3, 0.25, 0.1]), 1) gives [-0.722881869, 2.684089466].
    @Test func `goes through scattered points as numpy fits them`() throws {
        let law = try #require(PowerLaw(fitting: [(100, 0.5), (200, 0.3), (400, 0.25), (800, 0.1)]))
        #expect(abs(law.exponent - 0.722881869) < 1e-6, "\(law)")
        #expect(abs(log(law.scale) - 2.684089466) < 1e-6, "\(law)")
    }

    @Test func `needs two different sizes, and passes over an error of 0`() {
        #expect(PowerLaw(fitting: []) == nil)
        #expect(PowerLaw(fitting: [(8, 0.5), (8, 0.4)]) == nil)
        #expect(PowerLaw(fitting: [(8, 0.5), (16, 0)]) == nil)
        #expect(PowerLaw(scale: 0.5, exponent: -0.1).size(atError: 0.4) == nil)
    }

    @Test func `has a sister in which accuracy grows with the logarithm of the size`() throws {
        let found = try #require(
            LogLinear(fitting: [(1, 0.1), (exp(1), 0.3), (exp(2), 0.5)].map { ($0.0, $0.1) }))
        #expect(abs(found.intercept - 0.1) < 1e-12 && abs(found.slope - 0.2) < 1e-12)
    }
}

@Suite struct `An efficiency` {
    private let baseline = PowerLaw(scale: 1, exponent: 0.5)

    @Test func `is the ratio of problem counts at equal error`() {
        // The baseline has an error of 1/√400 at 400 problems.
        let found = Efficiency(ofError: 0.05, at: 100, baseline: baseline, measured: 100...1_000)
        guard case .ratio(let ratio) = found else {
            Issue.record("\(found)")
            return
        }
        #expect(abs(ratio - 4) < 1e-9)
    }

    @Test func `beyond the sizes that the baseline was measured at is a bound`() {
        #expect(
            Efficiency(ofError: 0.01, at: 100, baseline: baseline, measured: 100...1_000) == .atLeast(10))
        #expect(Efficiency(ofError: 0.5, at: 100, baseline: baseline, measured: 50...1_000) == .atMost(0.5))
    }

    @Test func `between measured sizes lies on the line through their errors, in logarithms`() {
        // The error falls as 80/D up to 400 problems, and then as 1/D².
        let measured = [(800.0, 0.05), (100.0, 0.8), (400.0, 0.2)].map { (size: $0.0, error: $0.1) }
        func ratio(_ error: Double, at size: Double) -> Double? {
            guard case .ratio(let ratio)? = Efficiency(ofError: error, at: size, between: measured) else { return nil }
            return ratio
        }
        #expect(abs((ratio(0.4, at: 100) ?? 0) - 2) < 1e-9)
        #expect(abs((ratio(0.1, at: 100) ?? 0) - 4 * 2.0.squareRoot()) < 1e-9)
        #expect(ratio(0.8, at: 100) == 1 && abs((ratio(0.05, at: 400) ?? 0) - 2) < 1e-9)
        #expect(Efficiency(ofError: 0.9, at: 50, between: measured) == .atMost(2))
        #expect(Efficiency(ofError: 0.01, at: 400, between: measured) == .atLeast(2))
        #expect(Efficiency(ofError: 0, at: 400, between: measured) == .atLeast(2))
        #expect(Efficiency(ofError: 0.1, at: 100, between: [(size: 100, error: 0.2)]) == nil)
        // A line that is flat, or rises, is crossed where it first comes down.
        let flat = [(100.0, 0.5), (200.0, 0.5), (400.0, 0.6), (800.0, 0.3)].map { (size: $0.0, error: $0.1) }
        #expect(Efficiency(ofError: 0.5, at: 100, between: flat) == .ratio(1))
        #expect(Efficiency(ofError: 0.3, at: 100, between: flat) == .ratio(8))
    }

    @Test func `against a baseline that does not get better is a bound`() {
        let rising = PowerLaw(scale: 0.2, exponent: -0.1)
        #expect(Efficiency(ofError: 0.1, at: 100, baseline: rising, measured: 100...1_000) == .atLeast(10))
        #expect(Efficiency(ofError: 0.9, at: 100, baseline: rising, measured: 100...1_000) == .atMost(1))
    }
}
