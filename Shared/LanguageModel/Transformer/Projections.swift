/// The model's matrices as products read them: packed once, or on the way where the weights change or are used rarely.
///
/// Not `Sendable`: one thread at a time uses it, and the pool does the rest.
final class Projections {
    /// Whether the weights are packed once and kept.
    enum Packing {
        /// Kept: what decoding needs, which reads all weights for a few rows. In memory of this process, or in the file
        /// of that path, which all processes of a host share.
        case once(file: String?)
        /// Each panel by who needs it, for the time of one task: no memory, for a few hundredths more time with hundreds of rows.
        case onTheWay
    }

    typealias Matrix = ParameterLayout.Matrix

    let products: Products
    private let parameters: FloatBuffer
    private let pool: ThreadPool
    private var packed: PackedWeights?
    /// Why the weights are in memory of this process although a file was named.
    private(set) var sharingFailure: LanguageModelError?
    /// Where each packed matrix begins, by its offset in the parameters.
    private var places: [Int: Int] = [:]
    private let panels: [RawBuffer]

    /// Rows that one task takes at most.
    private static let taskRows = 512

    init(_ layout: ParameterLayout, parameters: FloatBuffer, packing: Packing, products: Products, pool: ThreadPool) {
        self.products = products
        self.parameters = parameters
        self.pool = pool
        let matrices = layout.projections
        switch packing {
        case .onTheWay:
            let longest = (matrices + layout.layers.map(\.gateUp)).map {
                max($0.inputs, min($0.outputs, Self.gradientPiece))
            }
            let widest = products.panelBytes(inputs: longest.max() ?? 0)
            panels = (0..<pool.threadCount).map { _ in RawBuffer(byteCount: widest) }
        case .once(let file):
            panels = []
            var end = 0
            for matrix in matrices {
                places[matrix.offset] = end
                end += Products.panels(matrix.outputs) * products.panelBytes(inputs: matrix.inputs)
            }
            let places = places
            func fill(_ memory: UnsafeMutableRawPointer) {
                for matrix in matrices {
                    let bytes = products.panelBytes(inputs: matrix.inputs)
                    let start = memory + places[matrix.offset, default: 0]
                    pool.run(Products.panels(matrix.outputs)) { panel, _ in
                        Self.pack(matrix, panel, of: parameters, products, into: start + panel * bytes)
                    }
                }
            }
            if let file {
                do throws(LanguageModelError) {
                    packed = try PackedWeights(sharing: file, byteCount: end, fill: fill)
                } catch {
                    sharingFailure = error
                }
            }
            if packed == nil { packed = PackedWeights(byteCount: end, fill: fill) }
        }
    }

    /// y = base + x · weightsᵀ over all rows of an operand; y, and the base where there is one, have `stride` floats a row.
    func apply(
        _ matrix: Matrix, _ y: UnsafeMutablePointer<Float>, stride: Int, _ x: Products.Operand, rows: Int,
        base: UnsafePointer<Float>? = nil
    ) {
        run(rows: rows, panels: Products.panels(matrix.outputs)) { part, panels, worker in
            apply(matrix, panels: panels, y, stride: stride, x, part: part, base: base, worker)
        }
    }

    /// Calls `task` for parts of the rows and ranges of panels that cover all, on the pool's threads.
    ///
    /// - Parameter multiple: every range begins at a multiple of it.
    func run(
        rows: Int, panels: Int, multiple: Int = 1,
        _ task: (_ part: Range<Int>, _ panels: Range<Int>, _ worker: Int) -> Void
    ) {
        let parts = max(1, (rows + Self.taskRows - 1) / Self.taskRows)
        // Enough tasks that threads end together, and not so many that they are nothing but beginnings and ends.
        let wanted = (panels + 6 * pool.threadCount - 1) / (6 * pool.threadCount)
        let length = (min(16, wanted) + multiple - 1) / multiple * multiple
        let ranges = (panels + length - 1) / length
        pool.run(parts * ranges) { index, worker in
            let (part, range) = index.quotientAndRemainder(dividingBy: ranges)
            task(
                (rows * part / parts)..<(rows * (part + 1) / parts),
                (range * length)..<min((range + 1) * length, panels), worker)
        }
    }

    /// One task's part of `apply`.
    func apply(
        _ matrix: Matrix, panels range: Range<Int>, _ y: UnsafeMutablePointer<Float>, stride: Int,
        _ x: Products.Operand,
        part: Range<Int>, base: UnsafePointer<Float>? = nil, _ worker: Int
    ) {
        func multiply(_ range: Range<Int>, _ panels: UnsafeRawPointer) {
            let first = range.lowerBound * Products.panelOutputs
            products.multiply(
                y + first, stride: stride, x, part: part, panels, inputs: matrix.inputs,
                outputs: min(range.upperBound * Products.panelOutputs, matrix.outputs) - first,
                base: base.map { $0 + first })
        }
        guard packed == nil else { return multiply(range, place(matrix, range.lowerBound)) }
        for panel in range {
            Self.pack(matrix, panel, of: parameters, products, into: panels[worker].start)
            multiply(panel..<(panel + 1), panels[worker].start)
        }
    }

    // MARK: Backward

    /// dx = dy · weights: from the gradient of a matrix's outputs, `stride` floats a row, to that of its inputs.
    ///
    /// - Parameter memory: for prepared rows of dy, `gradientBytes`.
    func inputGradient(
        _ matrix: Matrix, _ dx: UnsafeMutablePointer<Float>, _ dy: UnsafePointer<Float>, rows: Int,
        memory: UnsafeMutableRawPointer, eachRows: (_ count: Int, _ body: (Range<Int>) -> Void) -> Void
    ) {
        for first in stride(from: 0, to: matrix.outputs, by: Self.gradientPiece) {
            let count = min(Self.gradientPiece, matrix.outputs - first)
            if products.precision != .fp32 {
                eachRows(rows) { part in
                    products.prepare(
                        dy + first, stride: matrix.outputs, rows: rows, part: part, inputs: count, columns: 0..<count,
                        memory: memory)
                }
            }
            let operand = products.operand(
                dy + first, stride: matrix.outputs, rows: rows, inputs: count, memory: memory)
            run(rows: rows, panels: Products.panels(matrix.inputs)) { part, range, worker in
                for panel in range {
                    let column = panel * Products.panelOutputs
                    let outputs = min(Products.panelOutputs, matrix.inputs - column)
                    products.packColumns(
                        panels[worker].start, parameters.start + matrix.offset + first * matrix.inputs + column,
                        stride: matrix.inputs, outputs: outputs, inputs: count)
                    products.multiply(
                        dx + column, stride: matrix.inputs, operand, part: part, panels[worker].start, inputs: count,
                        outputs: outputs, base: first > 0 ? UnsafePointer(dx + column) : nil)
                }
            }
        }
    }

    /// The bytes that `inputGradient` needs for the widest matrix.
    func gradientBytes(rows: Int) -> Int { products.operandBytes(rows: rows, inputs: Self.gradientPiece) }

    /// Outputs whose gradients are taken at once, so that a panel of their weights stays in the second-level cache.
    private static let gradientPiece = 3_072

    private func place(_ matrix: Matrix, _ panel: Int) -> UnsafeRawPointer {
        guard let packed, let place = places[matrix.offset] else {
            preconditionFailure("no packed matrix at \(matrix)")
        }
        return packed.start + place + panel * products.panelBytes(inputs: matrix.inputs)
    }

    private static func pack(
        _ matrix: Matrix, _ panel: Int, of parameters: FloatBuffer, _ products: Products,
        into memory: UnsafeMutableRawPointer
    ) {
        let first = panel * Products.panelOutputs
        products.pack(
            memory, parameters.start + matrix.offset + first * matrix.inputs, stride: matrix.inputs,
            outputs: min(Products.panelOutputs, matrix.outputs - first), inputs: matrix.inputs)
    }
}

extension ParameterLayout {
    /// All matrices that rows are multiplied with.
    var projections: [Matrix] {
        layers.flatMap { [$0.queryKeyValue, $0.attentionOutput, $0.gate, $0.up, $0.down] } + [output]
    }
}
