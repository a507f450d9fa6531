import Testing

@testable import LanguageModel

@Suite struct `Matrix products` {
    @Test func `the three products of a layer are those of plain loops`() {
        let (rows, inputs, outputs) = (23, 37, 19)
        let (x, w, dy) = (
            randomFloats(rows * inputs, seed: 1), randomFloats(outputs * inputs, seed: 2),
            randomFloats(rows * outputs, seed: 3)
        )
        var y = [Float](repeating: 1, count: rows * outputs)
        var dx = [Float](repeating: 1, count: rows * inputs)
        var dw = [Float](repeating: 1, count: outputs * inputs)
        Products.forward(&y, x, w, rows: rows, inputs: inputs, outputs: outputs, adds: true)
        Products.inputGradient(&dx, dy, w, rows: rows, inputs: inputs, outputs: outputs)
        Products.weightGradient(&dw, dy, x, rows: rows, inputs: inputs, outputs: outputs, range: 5..<11)
        for r in 0..<rows {
            for o in 0..<outputs {
                let sum = (0..<inputs).reduce(Float(1)) { $0 + x[r * inputs + $1] * w[o * inputs + $1] }
                #expect(abs(y[r * outputs + o] - sum) < 1e-5)
            }
            for i in 0..<inputs {
                let sum = (0..<outputs).reduce(Float(0)) { $0 + dy[r * outputs + $1] * w[$1 * inputs + i] }
                #expect(abs(dx[r * inputs + i] - sum) < 1e-5)
            }
        }
        for o in 0..<outputs {
            for i in 0..<inputs {
                let sum =
                    (5..<11).contains(o) ? (0..<rows).reduce(0) { $0 + dy[$1 * outputs + o] * x[$1 * inputs + i] } : 0
                #expect(abs(dw[o * inputs + i] - 1 - sum) < 1e-5)
            }
        }
    }

    /// The rule that equal bits rest on, for the products of the main job's shape and of a 135M-parameter shape.
    @Test(
        .enabled(if: Numerics.rowsAgree),
        arguments: [
            (128, 384), (128, 128), (128, 688), (344, 128), (128, 257), (32, 64), (20, 13), (576, 960), (1536, 576),
        ])
    func `a row has the same bits in every product of at least the fewest rows`(inputs: Int, outputs: Int) {
        let rows = 300
        let (x, w) = (randomFloats(rows * inputs, seed: 4), randomFloats(outputs * inputs, seed: 5))
        for adds in [false, true] {
            let start = randomFloats(rows * outputs, seed: 6)
            var all = start
            Products.forward(&all, x, w, rows: rows, inputs: inputs, outputs: outputs, adds: adds)
            let fewest = Products.minimumRows(columns: outputs)
            for count in Array(fewest..<(fewest + 40)) + [128, 191, 192, 256] {
                let first = (count * 7) % (rows - count)
                var some = Array(start[(first * outputs)..<((first + count) * outputs)])
                Products.forward(
                    &some, Array(x[(first * inputs)...]), w, rows: count, inputs: inputs, outputs: outputs, adds: adds)
                #expect(
                    bits(some) == bits(Array(all[(first * outputs)..<((first + count) * outputs)])), "\(count) rows")
            }
        }
    }
}
