import CKernels
import Testing

@testable import LanguageModel

/// Products of every precision on every instruction set of this machine, against plain loops in double precision.
@Suite struct `Matrix products` {
    /// Inputs and outputs with whole panels, groups and pairs, with rests of them, and with less than one.
    private static let sizes = [(64, 32), (37, 19), (1, 1), (130, 70), (3, 257)]
    private static let rowCounts = [1, 2, 3, 4, 6, 7, 12, 13, 25]

    /// One product by the engine's own steps: pack, prepare, multiply.
    private func product(
        _ products: Products, _ x: [Float], _ weights: [Float], start: [Float]? = nil, rows: Int, inputs: Int,
        outputs: Int
    ) -> [Float] {
        let panels = RawBuffer(byteCount: Products.panels(outputs) * products.panelBytes(inputs: inputs))
        let memory = RawBuffer(byteCount: products.operandBytes(rows: rows, inputs: inputs))
        var y = [Float](repeating: .nan, count: rows * outputs)
        products.pack(panels.start, weights, stride: inputs, outputs: outputs, inputs: inputs)
        x.withUnsafeBufferPointer { x in
            let from = x.baseAddress!
            products.prepare(
                from, stride: inputs, rows: rows, part: 0..<rows, inputs: inputs, columns: 0..<inputs,
                memory: memory.start)
            let operand = products.operand(from, stride: inputs, rows: rows, inputs: inputs, memory: memory.start)
            func multiply(base: UnsafePointer<Float>?) {
                products.multiply(
                    &y, stride: outputs, operand, part: 0..<rows, panels.start, inputs: inputs, outputs: outputs,
                    base: base)
            }
            guard let start else { return multiply(base: nil) }
            multiply(base: start)
            let apart = bits(y)
            y = start
            y.withUnsafeMutableBufferPointer { y in
                products.multiply(
                    y.baseAddress!, stride: outputs, operand, part: 0..<rows, panels.start, inputs: inputs,
                    outputs: outputs, base: y.baseAddress!)
            }
            #expect(bits(y) == apart, "y as its own base")
        }
        return y
    }

    /// What an operand keeps of its numbers, by the definition of its format, in groups of 64 for int8.
    private func kept(_ values: [Float], rowLength: Int, _ precision: Precision, isWeight: Bool) -> [Double] {
        switch precision {
        case .fp32: return values.map(Double.init)
        case .bf16:
            return values.map { value in
                let bits = value.bitPattern
                return Double(Float(bitPattern: (bits + 0x7fff + (bits >> 16) & 1) & 0xffff_0000))
            }
        case .int8:
            return values.indices.map { index in
                let row = index / rowLength * rowLength
                let group = row + (index - row) / 64 * 64
                let largest = values[group..<min(group + 64, row + rowLength)].map(abs).max() ?? 0
                var scale = largest / 127
                if isWeight { scale = Float(bitPattern: (scale.bitPattern + 0xffff) & 0xffff_0000) }
                guard largest > 0 else { return 0 }
                let steps = isWeight ? values[index] / scale : values[index] * (127 / largest)
                return Double(steps.rounded(.toNearestOrEven)) * Double(scale)
            }
        }
    }

    @Test(arguments: KernelChoice.all, Precision.allCases)
    func `a product is that of plain loops over what its operands keep`(kernels: KernelChoice, precision: Precision) {
        let products = Products(kernels: kernels.set, precision: precision)
        for (inputs, outputs) in Self.sizes {
            for rows in Self.rowCounts {
                let (x, weights) = (randomFloats(rows * inputs, seed: 1), randomFloats(outputs * inputs, seed: 2))
                let start = randomFloats(rows * outputs, seed: 3)
                let exactX = kept(x, rowLength: inputs, precision, isWeight: false)
                let exactWeights = kept(weights, rowLength: inputs, precision, isWeight: true)
                let exact = start.indices.map { index in
                    let (row, output) = index.quotientAndRemainder(dividingBy: outputs)
                    var sum = 0.0
                    for k in 0..<inputs { sum += exactX[row * inputs + k] * exactWeights[output * inputs + k] }
                    return sum
                }
                for adds in [false, true] {
                    let y = product(
                        products, x, weights, start: adds ? start : nil, rows: rows, inputs: inputs, outputs: outputs)
                    // Each addition rounds once, to 2^-24 of sums that stay below 16.
                    let wrong = y.indices.first { index in
                        let expected = exact[index] + (adds ? Double(start[index]) : 0)
                        return !(abs(Double(y[index]) - expected) <= Double(inputs + 1) * 2e-7)
                    }
                    #expect(wrong == nil, "\(rows) rows, \(inputs) inputs, \(outputs) outputs, adds \(adds)")
                }
            }
        }
    }

    /// The rule that equal bits rest on: a row's numbers do not depend on the rows beside it, or on the tile it is in.
    @Test(arguments: KernelChoice.all, Precision.allCases)
    func `a row has the same bits in every product`(kernels: KernelChoice, precision: Precision) {
        let products = Products(kernels: kernels.set, precision: precision)
        for (inputs, outputs) in [(128, 384), (37, 70), (344, 128)] {
            let rows = 40
            let (x, weights) = (randomFloats(rows * inputs, seed: 4), randomFloats(outputs * inputs, seed: 5))
            let all = product(products, x, weights, rows: rows, inputs: inputs, outputs: outputs)
            for count in 1..<rows {
                let first = (count * 7) % (rows - count)
                let some = product(
                    products, Array(x[(first * inputs)..<((first + count) * inputs)]), weights, rows: count,
                    inputs: inputs, outputs: outputs)
                #expect(
                    bits(some) == bits(Array(all[(first * outputs)..<((first + count) * outputs)])), "\(count) rows")
            }
        }
    }

    /// Machines with and without AVX-512 agree; without fused multiply-add only where products are exact, as those of bf16 are.
    @Test(arguments: KernelChoice.all, Precision.allCases)
    func `instruction sets agree to the bit`(kernels: KernelChoice, precision: Precision) {
        let (best, other) = (Kernels.best, kernels.set)
        guard other.is_fused == best.is_fused || precision == .bf16 else { return }
        let (rows, inputs, outputs) = (29, 333, 97)
        let (x, weights) = (randomFloats(rows * inputs, seed: 6), randomFloats(outputs * inputs, seed: 7))
        let results = [best, other].map {
            product(
                Products(kernels: $0, precision: precision), x, weights, rows: rows, inputs: inputs, outputs: outputs)
        }
        #expect(bits(results[0]) == bits(results[1]))
    }

    /// Sixteen bits hold two products of the largest steps, and no more.
    @Test(arguments: KernelChoice.all)
    func `int8 products of the largest steps are exact`(kernels: KernelChoice) {
        let products = Products(kernels: kernels.set, precision: .int8)
        let signs: [Float] = randomFloats(64, seed: 13).map { $0 < 0 ? -1 : 1 }
        for (x, weights) in [(signs, signs), (signs, signs.map { -$0 }), (signs.map { _ in -1 }, signs.map { _ in 1 })]
        {
            let y = product(
                products, Array(repeating: x, count: 13).flatMap(\.self),
                Array(repeating: weights, count: 33).flatMap(\.self), rows: 13, inputs: 64, outputs: 33)
            let exact = Float(zip(x, weights).reduce(0) { $0 + $1.0 * $1.1 })
            // The weights' scale is rounded up to a bf16, by a 128th at most, and their steps to whole ones.
            #expect(y.allSatisfy { abs($0 / exact - 1) < 1.0 / 127 }, "\(y[0]) for \(exact)")
            #expect(Set(bits(y)).count == 1)
        }
    }

    @Test(arguments: KernelChoice.all, Precision.allCases)
    func `a number that is none is in every result of its row or output`(kernels: KernelChoice, precision: Precision) {
        let products = Products(kernels: kernels.set, precision: precision)
        var x = randomFloats(3 * 70, seed: 8)
        x[70 + 66] = .nan
        let y = product(products, x, randomFloats(40 * 70, seed: 9), rows: 3, inputs: 70, outputs: 40)
        #expect(y.indices.allSatisfy { y[$0].isNaN == (40..<80).contains($0) })
        for none in [Float.nan, -.infinity] {
            var weights = randomFloats(40 * 70, seed: 9)
            weights[7 * 70 + 3] = none
            let found = product(products, randomFloats(3 * 70, seed: 8), weights, rows: 3, inputs: 70, outputs: 40)
            #expect(found.indices.allSatisfy { found[$0].isFinite == ($0 % 40 != 7) })
        }
    }

    @Test(arguments: KernelChoice.all, [Precision.fp32, .bf16])
    func `gradients of inputs and weights are those of plain loops`(kernels: KernelChoice, precision: Precision) {
        let shape = TestShapes.shape(vocabulary: 3_100, width: 76, layers: 1, heads: 2, keyValueHeads: 1, inner: 13)
        let layout = ParameterLayout(shape)
        let parameters = FloatBuffer(count: layout.count)
        let products = Products(kernels: kernels.set, precision: precision)
        let pool = ThreadPool(threadCount: 2)
        parameters.start.update(from: randomFloats(layout.count, seed: 10), count: layout.count)
        let projections = Projections(
            layout, parameters: parameters, packing: .onTheWay, products: products, pool: pool)
        for (matrix, rows) in [
            (layout.layers[0].down, 23), (layout.output, 5), (layout.layers[0].queryKeyValue, 1_101),
        ] {
            let (inputs, outputs) = (matrix.inputs, matrix.outputs)
            let (dy, x) = (randomFloats(rows * outputs, seed: 11), randomFloats(rows * inputs, seed: 12))
            var dx = [Float](repeating: .nan, count: rows * inputs)
            let memory = RawBuffer(byteCount: projections.gradientBytes(rows: rows))
            projections.inputGradient(matrix, &dx, dy, rows: rows, memory: memory.start) { count, body in
                body(0..<count)
            }
            let weights = (0..<(inputs * outputs)).map { parameters.start[matrix.offset + $0] }
            let (exactDy, exactX) = (
                kept(dy, rowLength: outputs, precision, isWeight: false),
                kept(x, rowLength: inputs, precision, isWeight: false)
            )
            let exactWeights = kept(weights, rowLength: inputs, precision, isWeight: true)
            for row in stride(from: 0, to: rows, by: 7) {
                for input in 0..<inputs {
                    let exact = (0..<outputs).reduce(0) {
                        $0 + exactDy[row * outputs + $1] * exactWeights[$1 * inputs + input]
                    }
                    #expect(abs(Double(dx[row * inputs + input]) - exact) <= Double(outputs) * 2e-7)
                }
            }
            var dweights = [Float](repeating: 1, count: outputs * inputs)
            let range = 5..<min(outputs, 47)
            let panels = ColumnPanels(products, rows: rows + 1_000, columns: inputs)
            x.withUnsafeBufferPointer { ColumnPanels.pack([($0.baseAddress!, panels)], rows: rows, pool: pool) }
            WeightGradients(products).add(&dweights, dy, dyStride: outputs, panels, rows: rows, range: range)
            for output in 0..<min(outputs, 60) {
                for input in 0..<inputs {
                    let sum =
                        range.contains(output)
                        ? (0..<rows).reduce(0) { $0 + exactDy[$1 * outputs + output] * exactX[$1 * inputs + input] } : 0
                    #expect(abs(Double(dweights[output * inputs + input]) - 1 - sum) <= Double(rows + 1) * 2e-7)
                }
            }
        }
    }
}
