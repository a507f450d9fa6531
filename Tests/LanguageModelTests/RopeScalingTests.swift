import Foundation
import Testing

@testable import LanguageModel

@Suite struct `Scaling of rotary positions` {
    private let llama = RopeScaling.llama3(
        factor: 32, lowFrequencyFactor: 1, highFrequencyFactor: 4, originalContextLength: 8192)

    /// By hand, for theta 500,000 and a head of 64: pair 0 turns once in 2π positions and stays; the last pair's
    /// wavelength, 2π · 500000^(62/64) = 2.1 million, is far above 8192 and is multiplied by 32. Pair 17 has the wavelength
    /// 2π · 500000^(34/64) = 6,695, which makes 8192 / 6,695 = 1.2236 turns; a share of (1.2236 − 1) / 3 = 0.07453 is kept.
    @Test func `llama 3 keeps short wavelengths, stretches long ones, and blends between`() {
        let divisors = llama.divisors(headWidth: 64, theta: 500_000)
        #expect(divisors[0] == 1)
        #expect(divisors[31] == 32)
        let turns = 8192 / (2 * Double.pi * pow(500_000, 34.0 / 64))
        let share = (turns - 1) / 3
        #expect(abs(turns - 1.2236) < 0.001)
        #expect(abs(Double(divisors[17]) - 1 / ((1 - share) / 32 + share)) < 1e-5)
        #expect(zip(divisors, divisors.dropFirst()).allSatisfy { $0 <= $1 })
    }

    @Test func `llama 3's divisors are recognised, and others are not`() {
        let divisors = llama.divisors(headWidth: 64, theta: 500_000)
        #expect(RopeScaling(divisors: divisors, headWidth: 64, theta: 500_000) == llama)
        var other = divisors
        other[16] *= 1.01
        #expect(RopeScaling(divisors: other, headWidth: 64, theta: 500_000) == nil)
        let another = RopeScaling.llama3(
            factor: 8, lowFrequencyFactor: 2, highFrequencyFactor: 5, originalContextLength: 4096)
        let its = another.divisors(headWidth: 64, theta: 500_000)
        #expect(RopeScaling(divisors: its, headWidth: 64, theta: 500_000) == nil)
        #expect(RopeScaling(divisors: its, stated: another, headWidth: 64, theta: 500_000) == another)
        #expect(
            RopeScaling(divisors: divisors, stated: another, headWidth: 64, theta: 500_000) == llama,
            "what is stated must be what the divisors say")
        #expect(RopeScaling(divisors: Array(divisors.dropLast()), headWidth: 64, theta: 500_000) == nil)
    }

    @Test func `a linear factor moves each position to that fraction of it`() throws {
        func table(_ scaling: RopeScaling) throws -> RotaryTable {
            let table = RotaryTable(
                shape: try ModelShape(
                    vocabularySize: 257, contextLength: 64, width: 32, layerCount: 1, headCount: 2,
                    keyValueHeadCount: 1, feedForwardWidth: 16, ropeScaling: scaling))
            table.reserve(positions: 64)
            return table
        }
        let (plain, scaled) = (try table(.none), try table(.linear(factor: 4)))
        for position in 0..<16 {
            for index in 0..<16 {
                #expect(
                    abs(scaled.sine.start[4 * position * 16 + index] - plain.sine.start[position * 16 + index]) < 1e-6)
            }
        }
    }

    @Test func `room for more positions keeps the first ones`() throws {
        let table = RotaryTable(shape: TestShapes.grouped)
        table.reserve(positions: 3)
        let first = Array(table.cosine.elements.prefix(24))
        table.reserve(positions: 5000)
        #expect(table.cosine.count >= 5000 * 8)
        #expect(bits(Array(table.cosine.elements.prefix(24))) == bits(first))
    }

    @Test func `factors without a meaning are refused`() {
        for scaling in [
            .linear(factor: 0.5), .linear(factor: .nan),
            .llama3(factor: 8, lowFrequencyFactor: 4, highFrequencyFactor: 1, originalContextLength: 8192),
        ] as [RopeScaling] {
            let error = #expect(throws: LanguageModelError.self) {
                try ModelShape(
                    vocabularySize: 257, contextLength: 64, width: 32, layerCount: 1, headCount: 2,
                    keyValueHeadCount: 1, feedForwardWidth: 16, ropeScaling: scaling)
            }
            #expect(error?.code == .invalidShape)
        }
    }
}
