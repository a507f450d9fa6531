internal import CKernels

/// The forward pass, the same for training, scoring, prefill and decoding.
///
/// A row's numbers depend on its sequence alone: every result of a product is a chain of its own, and every other loop works on
/// one row at a time. Between two barriers a region's tasks are parts of the rows, or of the rows and of a matrix's outputs, so
/// that one row keeps all threads busy as well as thousands. Not `Sendable`: one thread at a time uses it, and its pool does
/// the rest.
final class Transformer {
    let shape: ModelShape
    let layout: ParameterLayout
    let kernels: Kernels
    let pool: ThreadPool
    let rotary: RotaryTable
    /// The parameters; the trainer changes them between passes.
    let parameters: FloatBuffer
    let projections: Projections
    private var workspace: Workspace
    private var scoreScratch: [FloatBuffer] = []

    /// What a pass needs of each row for a moment.
    private struct Workspace {
        let rowCapacity: Int
        /// [rows][C].
        let normed: FloatBuffer
        /// [rows][gate | up].
        let gateUp: FloatBuffer
        /// [rows][F].
        let hidden: FloatBuffer
        /// Prepared rows of C, and of F.
        let narrow: RawBuffer
        let wide: RawBuffer

        init(_ shape: ModelShape, _ products: Products, rows: Int) {
            rowCapacity = rows
            normed = FloatBuffer(count: rows * shape.width)
            gateUp = FloatBuffer(count: rows * 2 * shape.feedForwardWidth)
            hidden = FloatBuffer(count: rows * shape.feedForwardWidth)
            narrow = RawBuffer(byteCount: products.operandBytes(rows: rows, inputs: shape.width))
            wide = RawBuffer(byteCount: products.operandBytes(rows: rows, inputs: shape.feedForwardWidth))
        }
    }

    init(
        shape: ModelShape, parameters: FloatBuffer, precision: Precision, packing: Projections.Packing,
        threadCount: Int,
        kernels: Kernels = .best
    ) {
        self.shape = shape
        self.parameters = parameters
        self.kernels = kernels
        layout = ParameterLayout(shape)
        precondition(parameters.count == layout.count, "\(parameters.count) parameters for \(layout.count)")
        pool = ThreadPool(threadCount: threadCount)
        rotary = RotaryTable(shape: shape)
        let products = Products(kernels: kernels, precision: precision)
        projections = Projections(layout, parameters: parameters, packing: packing, products: products, pool: pool)
        workspace = Workspace(shape, products, rows: 0)
    }

    /// Takes rows through all layers; `activations.input(layerCount)` then holds what the output norm reads.
    func forward(_ rows: Rows, keysAndValues: KeyValueBlocks, activations: Activations) {
        precondition(
            rows.count <= activations.rowCapacity, "\(rows.count) rows in activations for \(activations.rowCapacity)")
        reserve(rows)
        eachRows(rows.count) { part in embed(rows, part, activations) }
        for layer in 0..<shape.layerCount {
            attention(layer, rows, keysAndValues, activations)
            gates(layer, rows, activations)
            feedForwardOutput(layer, rows, activations)
        }
    }

    /// Computes one layer again from its kept input, up to its gates: what the backward pass reads of it.
    func recompute(_ layer: Int, _ rows: Rows, keysAndValues: KeyValueBlocks, activations: Activations) {
        attention(layer, rows, keysAndValues, activations)
        gates(layer, rows, activations)
    }

    /// Calls `body` for parts of the rows that cover all, on the pool's threads.
    func eachRows(_ count: Int, _ body: (Range<Int>) -> Void) {
        // A few rows are done sooner than another thread hears of them.
        let length = max(4, min(64, (count + 4 * pool.threadCount - 1) / (4 * pool.threadCount)))
        pool.run((count + length - 1) / length) { index, _ in
            body((index * length)..<min((index + 1) * length, count))
        }
    }

    // MARK: Memory

    private func reserve(_ rows: Rows) {
        rotary.reserve(positions: rows.largestPosition + 1)
        if workspace.rowCapacity < rows.count { workspace = Workspace(shape, projections.products, rows: rows.count) }
        // The kernel takes three queries at once, and writes scores in groups of 64.
        let scores = 3 * (rows.largestPosition + 64 + shape.headWidth)
        guard scoreScratch.first.map({ $0.count < scores }) ?? true else { return }
        scoreScratch = (0..<pool.threadCount).map { _ in FloatBuffer(count: scores) }
    }

    private func embed(_ rows: Rows, _ part: Range<Int>, _ activations: Activations) {
        let width = shape.width
        let embedding = parameters.start + layout.embedding
        for row in part {
            (activations.input(0) + row * width).update(from: embedding + Int(rows.tokens[row]) * width, count: width)
        }
    }

    // MARK: Regions

    /// Normalises rows and prepares them.
    private func normalised(
        _ x: UnsafePointer<Float>, gain: Int, inverse: UnsafeMutablePointer<Float>?, rows: Int
    ) -> Products.Operand {
        let (width, products, memory) = (shape.width, projections.products, workspace.narrow.start)
        let normed = workspace.normed.start
        eachRows(rows) { part in
            let first = part.lowerBound * width
            kernels.rms_norm(
                normed + first, inverse.map { $0 + part.lowerBound }, x + first, parameters.start + gain, part.count,
                width, shape.normEpsilon)
            products.prepare(
                normed, stride: width, rows: rows, part: part, inputs: width, columns: 0..<width, memory: memory)
        }
        return products.operand(normed, stride: width, rows: rows, inputs: width, memory: memory)
    }

    /// From a layer's input to the residual stream between attention and feed-forward.
    private func attention(
        _ layer: Int, _ rows: Rows, _ keysAndValues: KeyValueBlocks, _ activations: Activations
    ) {
        let (width, products, count) = (shape.width, projections.products, rows.count)
        let weights = layout.layers[layer]
        let normed = normalised(
            activations.input(layer), gain: weights.attentionNorm, inverse: activations.inputInverse(layer),
            rows: count)
        projections.apply(
            weights.queryKeyValue, activations.queryKeyValue(layer), stride: shape.queryKeyValueWidth, normed,
            rows: count)
        eachRows(count) { part in rotateAndStore(layer, rows, part, keysAndValues, activations) }
        attend(layer, rows, keysAndValues, activations)
        let attended = activations.attended(layer)
        if products.precision != .fp32 {
            eachRows(count) { part in
                products.prepare(
                    attended, stride: width, rows: count, part: part, inputs: width, columns: 0..<width,
                    memory: workspace.narrow.start)
            }
        }
        projections.apply(
            weights.attentionOutput, activations.middle(layer), stride: width,
            products.operand(attended, stride: width, rows: count, inputs: width, memory: workspace.narrow.start),
            rows: count, base: activations.input(layer))
    }

    private func rotateAndStore(
        _ layer: Int, _ rows: Rows, _ part: Range<Int>, _ keysAndValues: KeyValueBlocks, _ activations: Activations
    ) {
        let (width, fused) = (shape.width, shape.queryKeyValueWidth)
        let queryKeyValue = activations.queryKeyValue(layer)
        rows.positions.withUnsafeBufferPointer { positions in
            guard let start = positions.baseAddress else { return }
            kernels.rotate(
                queryKeyValue + part.lowerBound * fused, fused, start + part.lowerBound, part.count,
                shape.headCount + shape.keyValueHeadCount, shape.headWidth, rotary.cosine.start, rotary.sine.start, 1)
        }
        // What the backward pass reads is what attention has read.
        if keysAndValues.isHalf, activations.keeps {
            kernels.keep_bf16(queryKeyValue + part.lowerBound * fused, fused, part.count, fused)
        }
        let base = keysAndValues.layer(layer)
        let store = keysAndValues.isHalf ? kernels.store_bf16 : kernels.store_fp32
        for row in part {
            let keys = queryKeyValue + row * fused + width
            store(
                base + Int(rows.blocks[row]) * keysAndValues.blockStride,
                Int(rows.positions[row]) % KeyValueBlocks.tokensPerBlock, keys, keys + shape.keyValueWidth,
                shape.keyValueHeadCount, shape.headWidth)
        }
    }

    private func attend(
        _ layer: Int, _ rows: Rows, _ keysAndValues: KeyValueBlocks, _ activations: Activations
    ) {
        let (shared, head) = (shape.keyValueHeadCount, shape.headWidth)
        let group = shape.headCount / shared
        // Few sequences are spread over the threads by heads.
        let parts = rows.attentionTasks.count < 4 * pool.threadCount ? shared : 1
        let (heads, keyValueHeads) = (shape.headCount / parts, shared / parts)
        let attend = keysAndValues.isHalf ? kernels.attend_bf16 : kernels.attend_fp32
        rows.tables.withUnsafeBufferPointer { tables in
            guard let tables = tables.baseAddress else { return }
            pool.run(rows.attentionTasks.count * parts) { index, worker in
                let (taskIndex, part) = index.quotientAndRemainder(dividingBy: parts)
                let task = rows.attentionTasks[taskIndex]
                let row = task.segment.firstRow + task.offset
                let firstHead = part * group * keyValueHeads
                attend(
                    activations.attended(layer) + row * shape.width + firstHead * head, shape.width,
                    activations.logSums(layer).map { $0 + row * shape.headCount + firstHead }, shape.headCount,
                    activations.queryKeyValue(layer) + row * shape.queryKeyValueWidth + firstHead * head,
                    shape.queryKeyValueWidth, task.rowCount, task.segment.firstPosition + task.offset,
                    keysAndValues.layer(layer) + part * keyValueHeads * keysAndValues.headStride,
                    tables + task.segment.table, keysAndValues.blockStride, heads, keyValueHeads, head,
                    shape.attentionScale, scoreScratch[worker].start)
            }
        }
    }

    /// Computes gates, and of them the hidden values, prepared.
    private func gates(_ layer: Int, _ rows: Rows, _ activations: Activations) {
        let (inner, products, count) = (shape.feedForwardWidth, projections.products, rows.count)
        let weights = layout.layers[layer]
        let normed = normalised(
            activations.middle(layer), gain: weights.feedForwardNorm, inverse: activations.middleInverse(layer),
            rows: count)
        let gateUp = activations.gateUp(layer) ?? workspace.gateUp.start
        let (hidden, memory) = (workspace.hidden.start, workspace.wide.start)
        projections.run(
            rows: count, panels: Products.panels(inner), multiple: Products.groupInputs / Products.panelOutputs
        ) { part, panels, worker in
            for (matrix, column) in [(weights.gate, 0), (weights.up, inner)] {
                projections.apply(
                    matrix, panels: panels, gateUp + column, stride: 2 * inner, normed, part: part, worker)
            }
            let first = panels.lowerBound * Products.panelOutputs
            let columns = first..<min(panels.upperBound * Products.panelOutputs, inner)
            let gate = gateUp + part.lowerBound * 2 * inner + first
            kernels.swiglu(
                hidden + part.lowerBound * inner + first, inner, gate, gate + inner, 2 * inner, part.count,
                columns.count)
            products.prepare(
                hidden, stride: inner, rows: count, part: part, inputs: inner, columns: columns, memory: memory)
        }
    }

    private func feedForwardOutput(_ layer: Int, _ rows: Rows, _ activations: Activations) {
        let inner = shape.feedForwardWidth
        projections.apply(
            layout.layers[layer].down, activations.input(layer + 1), stride: shape.width,
            projections.products.operand(
                workspace.hidden.start, stride: inner, rows: rows.count, inputs: inner, memory: workspace.wide.start),
            rows: rows.count, base: activations.middle(layer))
    }
}
