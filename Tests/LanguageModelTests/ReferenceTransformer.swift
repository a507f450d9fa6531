import Foundation
import Tokenization

@testable import LanguageModel

/// The transformer in double precision and plain loops, to be read against the formulas; shares no code with the engine
/// but the place of each tensor in the flat buffer.
struct ReferenceTransformer {
    let shape: ModelShape
    var parameters: [Double]

    init(_ model: Model) {
        shape = model.shape
        parameters = model.flatParameters.map(Double.init)
    }

    private func matrix(_ offset: Int, _ rows: Int, _ x: [Double]) -> [Double] {
        (0..<rows).map { row in
            var sum = 0.0
            for (column, value) in x.enumerated() { sum += parameters[offset + row * x.count + column] * value }
            return sum
        }
    }

    private func norm(_ offset: Int, _ x: [Double]) -> [Double] {
        let meanSquare = x.reduce(0) { $0 + $1 * $1 } / Double(x.count)
        let scale = 1 / (meanSquare + Double(shape.normEpsilon)).squareRoot()
        return x.enumerated().map { $1 * scale * parameters[offset + $0] }
    }

    private func rotate(_ x: [Double], position: Int) -> [Double] {
        var y = x
        let width = shape.headWidth
        for head in 0..<(x.count / width) {
            for pair in 0..<(width / 2) {
                let angle = Double(position) * pow(Double(shape.ropeTheta), -2 * Double(pair) / Double(width))
                let (i, j) = (head * width + 2 * pair, head * width + 2 * pair + 1)
                y[i] = x[i] * cos(angle) - x[j] * sin(angle)
                y[j] = x[i] * sin(angle) + x[j] * cos(angle)
            }
        }
        return y
    }

    /// The logits after each token.
    func logits(_ tokens: [Token]) -> [[Double]] {
        let layout = ParameterLayout(shape)
        let (width, inner, head) = (shape.width, shape.feedForwardWidth, shape.headWidth)
        var x = tokens.map { token in
            (0..<width).map { parameters[layout.embedding + Int(token) * width + $0] }
        }
        for layer in layout.layers {
            var keys: [[Double]] = []
            var values: [[Double]] = []
            for position in tokens.indices {
                let normed = norm(layer.attentionNorm, x[position])
                let query = rotate(matrix(layer.queryKeyValue.offset, width, normed), position: position)
                let keyOffset = layer.queryKeyValue.offset + width * width
                keys.append(rotate(matrix(keyOffset, shape.keyValueWidth, normed), position: position))
                values.append(matrix(keyOffset + shape.keyValueWidth * width, shape.keyValueWidth, normed))
                var attended = [Double](repeating: 0, count: width)
                for h in 0..<shape.headCount {
                    let shared = h / (shape.headCount / shape.keyValueHeadCount) * head
                    let scores = keys.map { key in
                        (0..<head).reduce(0) { $0 + query[h * head + $1] * key[shared + $1] }
                            / Double(head).squareRoot()
                    }
                    let largest = scores.max() ?? 0
                    let powers = scores.map { exp($0 - largest) }
                    let sum = powers.reduce(0, +)
                    for (power, value) in zip(powers, values) {
                        for d in 0..<head { attended[h * head + d] += power / sum * value[shared + d] }
                    }
                }
                for (index, value) in matrix(layer.attentionOutput.offset, width, attended).enumerated() {
                    x[position][index] += value
                }
                let second = norm(layer.feedForwardNorm, x[position])
                let gate = matrix(layer.gate.offset, inner, second)
                let up = matrix(layer.up.offset, inner, second)
                let hidden = zip(gate, up).map { $0 / (1 + exp(-$0)) * $1 }
                for (index, value) in matrix(layer.down.offset, width, hidden).enumerated() {
                    x[position][index] += value
                }
            }
        }
        return x.map { matrix(layout.output.offset, shape.vocabularySize, norm(layout.outputNorm, $0)) }
    }

    /// The log-probability of each target, one array a sequence.
    func logProbabilities(_ batch: PackedBatch) -> [[Double]] {
        batch.sequences.map { sequence in
            let logits = logits(Array(sequence.tokens[..<sequence.rowCount]))
            return sequence.targets.map { index in
                let row = logits[index - 1]
                let largest = row.max() ?? 0
                return row[Int(sequence.tokens[index])] - largest - log(row.reduce(0) { $0 + exp($1 - largest) })
            }
        }
    }
}
