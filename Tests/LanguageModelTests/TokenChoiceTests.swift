import Basics
import Foundation
import Testing
import Tokenization

@testable import LanguageModel

@Suite struct `Token choice` {
    private func draw(_ logits: [Float], _ settings: DecodingSettings, count: Int, seed: UInt64 = 1) -> [Token] {
        var choice = TokenChoice(settings)
        var generator = SeededGenerator(seed: seed, name: "draw")
        return (0..<count).map { _ in logits.withUnsafeBufferPointer { choice.draw($0, &generator, .best) } }
    }

    /// The distribution by the definitions, in plain loops.
    private func reference(_ logits: [Float], temperature: Double, topK: Int?, topP: Double) -> [Double] {
        let powers = logits.map { exp(Double($0) / temperature) }
        var order = Array(powers.indices).sorted { powers[$0] > powers[$1] }
        if let topK { order = Array(order.prefix(topK)) }
        let kept = order.reduce(0) { $0 + powers[$1] }
        var sum = 0.0
        var result = powers.map { _ in 0.0 }
        for token in order {
            result[token] = powers[token]
            sum += powers[token] / kept
            if sum >= topP { break }
        }
        let total = result.reduce(0, +)
        return result.map { $0 / total }
    }

    @Test(
        arguments: [
            (1.0, nil, 1.0), (0.7, nil, 1.0), (1.5, 5, 1.0), (1.0, 1, 1.0), (1.0, nil, 0.6), (0.9, 7, 0.8),
            (1.0, 100, 0.05),
        ] as [(Double, Int?, Double)])
    func `frequencies are those of the plain definition`(temperature: Double, topK: Int?, topP: Double) throws {
        let logits = randomFloats(37, seed: 4, scale: 3)
        let settings = try DecodingSettings(
            temperature: Float(temperature), topK: topK, topP: Float(topP), maximumNewTokens: 1)
        let count = 40_000
        let drawn = draw(logits, settings, count: count)
        let expected = reference(logits, temperature: temperature, topK: topK, topP: topP)
        for token in logits.indices {
            let frequency = Double(drawn.count { $0 == token }) / Double(count)
            // Five standard deviations; exactly zero where the definition leaves the token out.
            let slack = 5 * (expected[token] * (1 - expected[token]) / Double(count)).squareRoot()
            #expect(
                abs(frequency - expected[token]) <= slack, "token \(token): \(frequency), expected \(expected[token])")
        }
    }

    @Test func `the same seed draws the same tokens, another seed others`() throws {
        let logits = randomFloats(257, seed: 5)
        let settings = try DecodingSettings(maximumNewTokens: 1)
        #expect(draw(logits, settings, count: 50) == draw(logits, settings, count: 50))
        #expect(draw(logits, settings, count: 50) != draw(logits, settings, count: 50, seed: 2))
    }

    @Test func `temperature zero takes the first of the likeliest`() throws {
        var logits = randomFloats(100, seed: 6)
        logits[40] = 9
        logits[99] = 9
        #expect(draw(logits, try DecodingSettings(temperature: 0, maximumNewTokens: 1), count: 3) == [40, 40, 40])
    }

    @Test func `a very low temperature stays finite and takes the likeliest`() throws {
        let settings = try DecodingSettings(temperature: 1e-3, maximumNewTokens: 1)
        #expect(draw([0, 30, 29, -50], settings, count: 100).allSatisfy { $0 == 1 })
    }

    @Test(
        arguments: [(-1, nil, 1, 1), (.nan, nil, 1, 1), (1, 0, 1, 1), (1, nil, 0, 1), (1, nil, 1.5, 1), (1, nil, 1, 0)]
            as [(Float, Int?, Float, Int)])
    func `settings out of range are refused`(temperature: Float, topK: Int?, topP: Float, maximum: Int) {
        #expect(throws: LanguageModelError.self) {
            try DecodingSettings(temperature: temperature, topK: topK, topP: topP, maximumNewTokens: maximum)
        }
    }
}
