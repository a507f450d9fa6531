internal import Basics
internal import CKernels
import Tokenization

/// Draws one token from a row of logits: a function of the logits, the settings and the generator's state.
struct TokenChoice {
    let settings: DecodingSettings
    private var probabilities: [Float] = []

    init(_ settings: DecodingSettings) {
        self.settings = settings
    }

    /// Draws a token; takes exactly one number from the generator unless the temperature is 0.
    mutating func draw(
        _ logits: UnsafeBufferPointer<Float>, _ generator: inout SeededGenerator, _ kernels: Kernels
    ) -> Token {
        guard let start = logits.baseAddress else { preconditionFailure("a row of no logits") }
        let best = kernels.argmax(start, logits.count)
        guard settings.temperature > 0 else { return Token(best) }
        if probabilities.count != logits.count { probabilities = [Float](repeating: 0, count: logits.count) }
        probabilities.withUnsafeMutableBufferPointer { buffer in
            guard let probabilities = buffer.baseAddress else { return }
            kernels.exp(probabilities, start, logits.count, start[best], 1 / settings.temperature)
        }
        let unit = Double(generator.nextUnitFloat())
        let keepsAll = settings.topP == 1 && (settings.topK ?? logits.count) >= logits.count
        return keepsAll ? Self.draw(unit, probabilities) : Self.draw(unit, kept(), probabilities)
    }

    /// The tokens that topK and topP leave, the likeliest first, equal ones by id.
    private func kept() -> ArraySlice<Int> {
        let order = probabilities.indices.sorted {
            probabilities[$0] != probabilities[$1] ? probabilities[$0] > probabilities[$1] : $0 < $1
        }
        let likeliest = order.prefix(settings.topK ?? order.count)
        guard settings.topP < 1 else { return likeliest }
        let total = likeliest.reduce(0) { $0 + Double(probabilities[$1]) }
        var sum = 0.0
        for (index, token) in likeliest.enumerated() {
            sum += Double(probabilities[token])
            if sum >= Double(settings.topP) * total { return likeliest.prefix(index + 1) }
        }
        return likeliest
    }

    /// The token at `unit` of the distribution's sum.
    private static func draw(_ unit: Double, _ probabilities: [Float]) -> Token {
        let total = probabilities.reduce(0) { $0 + Double($1) }
        var rest = unit * total
        for (token, probability) in probabilities.enumerated() {
            rest -= Double(probability)
            if rest < 0 { return Token(token) }
        }
        // Rounding can leave a remainder of zero after the last token.
        return Token(probabilities.lastIndex { $0 > 0 } ?? 0)
    }

    private static func draw(_ unit: Double, _ kept: ArraySlice<Int>, _ probabilities: [Float]) -> Token {
        Token(kept[kept.startIndex + Int(draw(unit, kept.map { probabilities[$0] }))])
    }
}
