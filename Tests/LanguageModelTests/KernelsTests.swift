import CKernels
import Foundation
import Testing

@testable import LanguageModel

/// Each loop against the formula in double precision; widths with full vectors, tails, and less than one vector.
@Suite struct `C kernels` {
    private static let widths = [2, 3, 10, 16, 31, 48, 80, 128]

    /// Compares with a tolerance relative to the value, or to a tenth of the largest; 2e-6 is some roundings.
    private func expect(
        _ found: [Float], _ exact: [Double], _ slack: Double, _ what: String, source: SourceLocation = #_sourceLocation
    ) {
        #expect(found.count == exact.count, sourceLocation: source)
        let size = exact.map(abs).max() ?? 0
        for (index, (x, y)) in zip(found, exact).enumerated()
        where !(abs(Double(x) - y) <= slack * max(abs(y), 0.1 * size)) {
            Issue.record("\(what)[\(index)] is \(x), expected \(y)", sourceLocation: source)
            return
        }
    }

    @Test(arguments: KernelChoice.all)
    func `exp is within a millionth of exact, and finite at both ends`(kernels: KernelChoice) {
        let x = stride(from: Float(-87), to: 88, by: 0.0137).map(\.self)
        var y = x
        kernels.set.exp(&y, x, x.count, 0, 1)
        expect(y, x.map { exp(Double($0)) }, 5e-7, "exp")
        let ends: [Float] = [-.infinity, -1000, 1000, .infinity, .nan]
        var found = ends
        kernels.set.exp(&found, ends, ends.count, 0, 1)
        #expect(found[0] < 1e-37 && found[1] < 1e-37 && found[2] > 1e38 && found[3].isFinite && found[4].isNaN)
    }

    @Test(arguments: KernelChoice.all, widths)
    func `sums and the largest are those of plain loops`(kernels: KernelChoice, width: Int) {
        let (x, y) = (randomFloats(width, seed: 1), randomFloats(width, seed: 2, scale: 9))
        let dot = zip(x, y).reduce(0) { $0 + Double($1.0) * Double($1.1) }
        #expect(abs(Double(kernels.set.dot(x, y, width)) - dot) < 1e-5)
        let squares = y.reduce(0) { $0 + Double($1) * Double($1) }
        #expect(abs(kernels.set.sum_of_squares(y, width) - squares) < 1e-12 * squares)
        let logSum = log(y.reduce(0) { $0 + exp(Double($1)) })
        #expect(abs(Double(kernels.set.log_sum_exp(y, width)) - logSum) < 2e-6 * max(1, abs(logSum)))
        #expect(kernels.set.argmax(y, width) == y.firstIndex(of: y.max() ?? 0))
        var sum = x
        kernels.set.add(&sum, y, width)
        #expect(sum == zip(x, y).map(+))
    }

    @Test(arguments: KernelChoice.all, widths)
    func `RMSNorm and its gradients are those of the formula`(kernels: KernelChoice, width: Int) {
        let rows = 3
        let (x, dy) = (randomFloats(rows * width, seed: 3), randomFloats(rows * width, seed: 4))
        let gain = randomFloats(width, seed: 5)
        var y = x
        var inverse = [Float](repeating: 0, count: rows)
        kernels.set.rms_norm(&y, &inverse, x, gain, rows, width, 1e-5)
        func forward(_ x: [Double], _ gain: [Double]) -> [Double] {
            (0..<rows).flatMap { row in
                let values = x[(row * width)..<((row + 1) * width)]
                let scale = 1 / (values.reduce(0) { $0 + $1 * $1 } / Double(width) + 1e-5).squareRoot()
                return zip(values, gain).map { $0 * scale * $1 }
            }
        }
        let (exactX, exactGain) = (x.map(Double.init), gain.map(Double.init))
        expect(y, forward(exactX, exactGain), 2e-6, "y")
        var dx = [Float](repeating: .nan, count: rows * width)
        var dgain = [Float](repeating: -1, count: width)
        let base = [Float](repeating: 0.25, count: rows * width)
        kernels.set.rms_norm_backward(&dx, base, &dgain, dy, x, inverse, gain, rows, width)
        var (inPlace, other) = (base, dgain)
        inPlace.withUnsafeMutableBufferPointer { inPlace in
            let start = inPlace.baseAddress!
            kernels.set.rms_norm_backward(start, start, &other, dy, x, inverse, gain, rows, width)
        }
        #expect(bits(inPlace) == bits(dx), "dx as its own base")
        let weights = dy.map(Double.init)
        expect(
            dx.map { $0 - 0.25 }, differences(exactX) { dotted(forward($0, exactGain), weights) }, 1e-4, "dx")
        expect(
            dgain.map { $0 + 1 }, differences(exactGain) { dotted(forward(exactX, $0), weights) }, 1e-4, "dgain")
    }

    @Test(arguments: KernelChoice.all, widths)
    func `SwiGLU and its gradients are those of the formula`(kernels: KernelChoice, width: Int) {
        let rows = 2
        let gateUp = randomFloats(rows * 2 * width, seed: 6, scale: 5)
        let dh = randomFloats(rows * width, seed: 7)
        func forward(_ x: [Double]) -> [Double] {
            (0..<rows).flatMap { row in
                (0..<width).map { i in
                    let (gate, up) = (x[row * 2 * width + i], x[row * 2 * width + width + i])
                    return gate / (1 + exp(-gate)) * up
                }
            }
        }
        let exact = gateUp.map(Double.init)
        var h = dh
        gateUp.withUnsafeBufferPointer { x in
            let gate = x.baseAddress!
            kernels.set.swiglu(&h, width, gate, gate + width, 2 * width, rows, width)
        }
        expect(h, forward(exact), 2e-6, "h")
        var (gradient, hidden) = (gateUp, dh)
        kernels.set.swiglu_backward(&gradient, &hidden, rows, width)
        expect(hidden, forward(exact), 2e-6, "hidden values computed again")
        expect(gradient, differences(exact) { dotted(forward($0), dh.map(Double.init)) }, 1e-4, "gradient")
    }

    @Test(arguments: KernelChoice.all, [2, 6, 16, 22, 64])
    func `rotation turns pairs by the position's angles, and back`(kernels: KernelChoice, headWidth: Int) throws {
        let shape = TestShapes.shape(
            width: 3 * headWidth, layers: 1, heads: 3, keyValueHeads: 3, inner: 4)
        let table = RotaryTable(shape: shape)
        table.reserve(positions: 64)
        let positions: [Int32] = [0, 1, 7, 63]
        let stride = 3 * headWidth + 5
        let x = randomFloats(positions.count * stride, seed: 8)
        var exact = x.map(Double.init)
        for (row, position) in positions.enumerated() {
            for head in 0..<3 {
                for pair in 0..<(headWidth / 2) {
                    let angle = Double(position) * pow(10_000, -2 * Double(pair) / Double(headWidth))
                    let place = row * stride + head * headWidth + 2 * pair
                    let (a, b) = (exact[place], exact[place + 1])
                    exact[place] = a * cos(angle) - b * sin(angle)
                    exact[place + 1] = a * sin(angle) + b * cos(angle)
                }
            }
        }
        var y = x
        func rotate(_ direction: Float) {
            kernels.set.rotate(
                &y, stride, positions, positions.count, 3, headWidth, table.cosine.start, table.sine.start, direction)
        }
        rotate(1)
        expect(y, exact, 2e-6, "rotated")
        rotate(-1)
        expect(y, x.map(Double.init), 2e-6, "turned back")
    }

    @Test(arguments: KernelChoice.all, [8, 30, 257])
    func `the gradient of a target's log-probability is that of the formula`(kernels: KernelChoice, count: Int) {
        let logits = randomFloats(count, seed: 9, scale: 6)
        var gradient = logits
        kernels.set.log_softmax_backward(&gradient, count, kernels.set.log_sum_exp(logits, count), count - 1, -0.7)
        let exact = differences(logits.map(Double.init)) { x in
            -0.7 * (x[count - 1] - log(x.reduce(0) { $0 + exp($1) }))
        }
        expect(gradient, exact, 1e-4, "gradient")
    }

    /// The log-sums and values for every number of keys up to five blocks: each remainder of blocks and of keys, and of heads that
    /// share keys.
    @Test(arguments: KernelChoice.all, [2, 10, 16, 32, 64, 86])
    func `attention is that of the formula for every number of keys`(kernels: KernelChoice, headWidth: Int) {
        for (heads, shared, isHalf) in [(4, 2, false), (5, 1, false), (3, 3, false), (4, 2, true), (3, 1, true)] {
            attend(kernels.set, heads: heads, shared: shared, headWidth: headWidth, isHalf: isHalf)
        }
    }

    private func attend(_ kernels: Kernels, heads: Int, shared: Int, headWidth: Int, isHalf: Bool) {
        let count = 80
        let (attend, store) =
            isHalf ? (kernels.attend_bf16, kernels.store_bf16) : (kernels.attend_fp32, kernels.store_fp32)
        let blockStride = 2 * shared * 16 * headWidth * (isHalf ? 2 : 4)
        // Blocks lie in another order than the sequence's, with wild numbers (NaN) in places that are not in use.
        let table: [Int32] = [3, 0, 5, 1, 4]
        var blocks = [UInt8](repeating: 0xff, count: 6 * blockStride)
        var keys = randomFloats(count * shared * headWidth, seed: 10)
        var values = randomFloats(count * shared * headWidth, seed: 11)
        var queries = randomFloats(count * heads * headWidth, seed: 12, scale: 3)
        if isHalf {
            // Numbers that bf16 holds, so that only what the kernel rounds itself differs.
            kernels.keep_bf16(&keys, keys.count, 1, keys.count)
            kernels.keep_bf16(&values, values.count, 1, values.count)
            kernels.keep_bf16(&queries, queries.count, 1, queries.count)
        }
        var scratch = [Float](repeating: 0, count: 1024)
        var y = [Float](repeating: 0, count: count * heads * headWidth)
        var logSums = [Float](repeating: 0, count: count * heads)
        for position in 0..<count {
            blocks.withUnsafeMutableBytes { blocks in
                store(
                    blocks.baseAddress! + Int(table[position / 16]) * blockStride, position % 16,
                    Array(keys[(position * shared * headWidth)...]), Array(values[(position * shared * headWidth)...]),
                    shared, headWidth)
            }
            // One row at a time, as in decoding: keys to come are not there yet.
            var row = [Float](repeating: 0, count: heads * headWidth)
            var sums = [Float](repeating: 0, count: heads)
            attend(
                &row, heads * headWidth, &sums, heads, Array(queries[(position * heads * headWidth)...]),
                heads * headWidth, 1, position, blocks, table, blockStride, heads, shared, headWidth, 0.3, &scratch)
            y.replaceSubrange((position * heads * headWidth)..<((position + 1) * heads * headWidth), with: row)
            logSums.replaceSubrange((position * heads)..<((position + 1) * heads), with: sums)
        }
        var exact: [Double] = []
        var exactSums: [Double] = []
        for position in 0..<count {
            for head in 0..<heads {
                func key(_ j: Int, _ d: Int) -> Int { (j * shared + head * shared / heads) * headWidth + d }
                let powers = (0...position).map { j in
                    exp(
                        0.3
                            * (0..<headWidth).reduce(0) {
                                $0 + Double(queries[(position * heads + head) * headWidth + $1])
                                    * Double(keys[key(j, $1)])
                            })
                }
                let sum = powers.reduce(0, +)
                exactSums.append(log(sum))
                exact += (0..<headWidth).map { d in
                    (0...position).reduce(0) { $0 + powers[$1] / sum * Double(values[key($1, d)]) }
                }
            }
        }
        // Scores near 40 round in the sixth digit, and so do their powers, of which bf16 keeps eight bits: 2e-3 of the largest value.
        expect(y, exact, isHalf ? 0.02 : 3e-5, "values")
        expect(logSums, exactSums, 3e-5, "log-sums")
        // All rows in one call give the same bits.
        for first in [0, 1, 17] {
            var together = [Float](repeating: 0, count: (count - first) * heads * headWidth)
            attend(
                &together, heads * headWidth, nil, 0, Array(queries[(first * heads * headWidth)...]),
                heads * headWidth, count - first, first, blocks, table, blockStride, heads, shared, headWidth, 0.3,
                &scratch)
            #expect(bits(together) == bits(Array(y[(first * heads * headWidth)...])), "from row \(first)")
        }
    }

    @Test(arguments: KernelChoice.all, [1, 16, 33])
    func `attention's gradient of scores is that of the formula`(kernels: KernelChoice, keys: Int) {
        let (rows, first, stride) = (3, keys - 2, keys + 5)
        let (scores, products) = (randomFloats(rows * stride, seed: 14), randomFloats(rows * stride, seed: 15))
        let (logSums, delta) = (randomFloats(rows * 2, seed: 16), randomFloats(rows, seed: 17))
        var (p, ds) = (scores, products)
        kernels.set.attend_backward(&p, &ds, stride, rows, keys, first, logSums, 2, delta, 0.3)
        for row in 0..<rows {
            for key in 0..<keys {
                let place = row * stride + key
                let isVisible = key < first + row + 1
                let power = isVisible ? exp(0.3 * Double(scores[place]) - Double(logSums[row * 2])) : 0
                #expect(abs(Double(p[place]) - power) <= 1e-6 * max(1, power))
                let gradient = power * (Double(products[place]) - Double(delta[row])) * 0.3
                #expect(abs(Double(ds[place]) - gradient) <= 1e-6 * max(1, abs(gradient)))
            }
        }
    }

    @Test(arguments: KernelChoice.all, widths)
    func `an update is that of AdamW's formula`(kernels: KernelChoice, count: Int) {
        let (x, g) = (randomFloats(count, seed: 18), randomFloats(count, seed: 19))
        let (m, v) = (randomFloats(count, seed: 20), randomFloats(count, seed: 21).map { $0 * $0 })
        var (parameters, first, second) = (x, m, v)
        kernels.set.adamw(&parameters, &first, &second, g, count, 0.5, 0.9, 0.95, 1e-3, 0.01, 1.5, 0.002)
        let gradient = g.map { 0.5 * Double($0) }
        let exactFirst = zip(m, gradient).map { 0.9 * Double($0) + 0.1 * $1 }
        let exactSecond = zip(v, gradient).map { 0.95 * Double($0) + 0.05 * $1 * $1 }
        expect(first, exactFirst, 2e-6, "first moment")
        expect(second, exactSecond, 2e-6, "second moment")
        let exact = x.indices.map { index in
            let root = exactSecond[index].squareRoot() * 1.5 + 1e-3
            return Double(x[index]) * (1 - 0.002) - 0.01 * exactFirst[index] / root
        }
        expect(parameters, exact, 2e-6, "parameters")
    }

    private func dotted(_ x: [Double], _ y: [Double]) -> Double { zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } }

    /// Central differences with a step of 1e-6 in double precision.
    private func differences(_ x: [Double], _ f: ([Double]) -> Double) -> [Double] {
        var moved = x
        return x.indices.map { index in
            defer { moved[index] = x[index] }
            moved[index] = x[index] + 1e-6
            let above = f(moved)
            moved[index] = x[index] - 1e-6
            return (above - f(moved)) / 2e-6
        }
    }
}
