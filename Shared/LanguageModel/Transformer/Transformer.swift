internal import CKernels

/// The forward pass, the same for training, scoring, prefill and decoding.
///
/// A row's numbers depend on its sequence alone: matrix products are never smaller than `minimumRows`, and every other
/// loop works on one row at a time. Not `Sendable`: one thread at a time uses it, and its pool does the rest.
final class Transformer {
    let shape: ModelShape
    let layout: ParameterLayout
    let pool: ThreadPool
    let rotary: RotaryTable
    /// The parameters; the trainer changes them between passes.
    let parameters: FloatBuffer
    /// Rows that one task takes through everything between two attentions, so that they stay in the cache.
    let tileRows: Int
    /// The fewest rows of any product; shorter passes compute rows that nobody reads.
    let minimumRows: Int
    private let scratch: [TileScratch]
    private var scoreScratch: [FloatBuffer] = []

    /// One thread's memory for the rows of one tile.
    private struct TileScratch {
        let normed: FloatBuffer
        let gateUp: FloatBuffer
        let hidden: FloatBuffer
    }

    init(shape: ModelShape, parameters: FloatBuffer, threadCount: Int) {
        precondition(Products.isSingleThreaded, "OpenBLAS must run on the caller's thread only")
        self.shape = shape
        self.parameters = parameters
        layout = ParameterLayout(shape)
        precondition(parameters.count == layout.count, "\(parameters.count) parameters for \(layout.count)")
        pool = ThreadPool(threadCount: threadCount)
        rotary = RotaryTable(shape: shape)
        let smallest = min(shape.width, shape.queryKeyValueWidth, 2 * shape.feedForwardWidth, shape.vocabularySize)
        minimumRows = Products.minimumRows(columns: smallest)
        tileRows = max(minimumRows, shape.width < 512 ? 192 : 384)
        // The last tile takes the remainder too.
        let largest = 2 * tileRows
        scratch = (0..<threadCount).map { _ in
            TileScratch(
                normed: FloatBuffer(count: largest * shape.width),
                gateUp: FloatBuffer(count: largest * 2 * shape.feedForwardWidth),
                hidden: FloatBuffer(count: largest * shape.feedForwardWidth))
        }
    }

    /// The rows that buffers need for a pass of `count`.
    func paddedRows(_ count: Int) -> Int { max(count, minimumRows) }

    /// The number of tiles of a pass of `count` rows, and the rows of each.
    func tileCount(_ count: Int) -> Int { max(1, count / tileRows) }

    func tile(_ index: Int, of count: Int) -> Range<Int> {
        let first = index * tileRows
        return first..<(index == tileCount(count) - 1 ? paddedRows(count) : first + tileRows)
    }

    /// A tile without rows that nobody reads: gradients need no equal bits between passes of different size.
    func realTile(_ index: Int, of count: Int) -> Range<Int> { tile(index, of: count).clamped(to: 0..<count) }

    /// Takes rows through all layers; `activations.input(layerCount)` then holds what the output norm reads.
    func forward(_ rows: Rows, keysAndValues: KeyValueBlocks, activations: Activations) {
        precondition(
            paddedRows(rows.count) <= activations.rowCapacity,
            "\(rows.count) rows in activations for \(activations.rowCapacity)")
        reserveScores(positions: rows.largestPosition + 1)
        rotary.reserve(positions: rows.largestPosition + 1)
        let tiles = tileCount(rows.count)
        pool.run(tiles) { index, worker in
            let tile = tile(index, of: rows.count)
            embed(rows, tile, activations)
            attentionInputs(0, rows, tile, worker, keysAndValues, activations)
        }
        for layer in 0..<shape.layerCount {
            pool.run(rows.attentionTasks.count) { index, worker in
                attend(layer, rows, rows.attentionTasks[index], worker, keysAndValues, activations)
            }
            pool.run(tiles) { index, worker in
                let tile = tile(index, of: rows.count)
                attentionOutputAndGates(layer, tile, worker, activations)
                feedForwardOutput(layer, tile, worker, activations)
                if layer + 1 < shape.layerCount {
                    attentionInputs(layer + 1, rows, tile, worker, keysAndValues, activations)
                }
            }
        }
    }

    /// Computes one layer again from its kept input, up to its gates: what the backward pass reads of it.
    func recompute(_ layer: Int, _ rows: Rows, keysAndValues: KeyValueBlocks, activations: Activations) {
        let tiles = tileCount(rows.count)
        pool.run(tiles) { index, worker in
            attentionInputs(layer, rows, tile(index, of: rows.count), worker, keysAndValues, activations)
        }
        pool.run(rows.attentionTasks.count) { index, worker in
            attend(layer, rows, rows.attentionTasks[index], worker, keysAndValues, activations)
        }
        pool.run(tiles) { index, worker in
            attentionOutputAndGates(layer, tile(index, of: rows.count), worker, activations)
        }
    }

    private func reserveScores(positions: Int) {
        // The kernel writes scores in groups of 64.
        let count = positions + 63
        guard scoreScratch.first.map({ $0.count < count }) ?? true else { return }
        scoreScratch = (0..<pool.threadCount).map { _ in FloatBuffer(count: 2 * count) }
    }

    private func embed(_ rows: Rows, _ tile: Range<Int>, _ activations: Activations) {
        let width = shape.width
        let embedding = parameters.start + layout.embedding
        for row in tile.lowerBound..<min(tile.upperBound, rows.count) {
            (activations.input(0) + row * width).update(from: embedding + Int(rows.tokens[row]) * width, count: width)
        }
        // Rows that nobody reads must still be finite for the processor's sake.
        if tile.upperBound > rows.count {
            (activations.input(0) + rows.count * width).update(
                repeating: 0, count: (tile.upperBound - rows.count) * width)
        }
    }

    /// Normalises, makes queries, keys and values, rotates, and stores keys and values in their blocks.
    private func attentionInputs(
        _ layer: Int, _ rows: Rows, _ tile: Range<Int>, _ worker: Int, _ keysAndValues: KeyValueBlocks,
        _ activations: Activations
    ) {
        let (first, count) = (tile.lowerBound, tile.count)
        let (width, fused) = (shape.width, shape.queryKeyValueWidth)
        let weights = layout.layers[layer]
        let normed = scratch[worker].normed.start
        ef_rms_norm(
            normed, activations.inputInverse(layer).map { $0 + first }, activations.input(layer) + first * width,
            parameters.start + weights.attentionNorm, count, width, shape.normEpsilon)
        let queryKeyValue = activations.queryKeyValue(layer) + first * fused
        Products.forward(
            queryKeyValue, normed, parameters.start + weights.queryKeyValue, rows: count, inputs: width, outputs: fused)
        let real = min(tile.upperBound, rows.count) - first
        rows.positions.withUnsafeBufferPointer { positions in
            guard let start = positions.baseAddress else { return }
            ef_rotate(
                queryKeyValue, fused, start + first, real, shape.headCount + shape.keyValueHeadCount, shape.headWidth,
                rotary.cosine.start, rotary.sine.start, 1)
        }
        let base = keysAndValues.layer(layer)
        for row in 0..<real {
            let keys = queryKeyValue + row * fused + width
            ef_store_keys_values(
                base + Int(rows.blocks[first + row]) * keysAndValues.blockStride,
                Int(rows.positions[first + row]) % KeyValueBlocks.tokensPerBlock, keys, keys + shape.keyValueWidth,
                shape.keyValueHeadCount, shape.headWidth)
        }
    }

    private func attend(
        _ layer: Int, _ rows: Rows, _ task: Rows.AttentionTask, _ worker: Int, _ keysAndValues: KeyValueBlocks,
        _ activations: Activations
    ) {
        let row = task.segment.firstRow + task.offset
        rows.tables.withUnsafeBufferPointer { tables in
            guard let start = tables.baseAddress else { return }
            ef_attend(
                activations.attended(layer) + row * shape.width, shape.width,
                activations.logSums(layer).map { $0 + row * shape.headCount },
                activations.queryKeyValue(layer) + row * shape.queryKeyValueWidth, shape.queryKeyValueWidth,
                task.rowCount, task.segment.firstPosition + task.offset, keysAndValues.layer(layer),
                start + task.segment.table, keysAndValues.blockStride, shape.headCount, shape.keyValueHeadCount,
                shape.headWidth, shape.attentionScale, scoreScratch[worker].start)
        }
    }

    private func attentionOutputAndGates(
        _ layer: Int, _ tile: Range<Int>, _ worker: Int, _ activations: Activations
    ) {
        let (first, count) = (tile.lowerBound, tile.count)
        let (width, inner) = (shape.width, shape.feedForwardWidth)
        let weights = layout.layers[layer]
        let normed = scratch[worker].normed.start
        let middle = activations.middle(layer) + first * width
        if activations.keeps { middle.update(from: activations.input(layer) + first * width, count: count * width) }
        Products.forward(
            middle, activations.attended(layer) + first * width, parameters.start + weights.attentionOutput,
            rows: count, inputs: width, outputs: width, adds: true)
        ef_rms_norm(
            normed, activations.middleInverse(layer).map { $0 + first }, middle,
            parameters.start + weights.feedForwardNorm, count, width, shape.normEpsilon)
        Products.forward(
            gateUp(layer, tile, worker, activations), normed, parameters.start + weights.gateUp, rows: count,
            inputs: width, outputs: 2 * inner)
    }

    private func feedForwardOutput(_ layer: Int, _ tile: Range<Int>, _ worker: Int, _ activations: Activations) {
        let (first, count) = (tile.lowerBound, tile.count)
        let (width, inner) = (shape.width, shape.feedForwardWidth)
        let hidden = scratch[worker].hidden.start
        ef_swiglu(hidden, gateUp(layer, tile, worker, activations), count, inner)
        let output = activations.input(layer + 1) + first * width
        if activations.keeps { output.update(from: activations.middle(layer) + first * width, count: count * width) }
        Products.forward(
            output, hidden, parameters.start + layout.layers[layer].down, rows: count, inputs: inner, outputs: width,
            adds: true)
    }

    /// Where a tile's gates lie: with the activations when they are kept, else in the thread's own memory.
    private func gateUp(
        _ layer: Int, _ tile: Range<Int>, _ worker: Int, _ activations: Activations
    ) -> UnsafeMutablePointer<Float> {
        activations.gateUp(layer).map { $0 + tile.lowerBound * 2 * shape.feedForwardWidth }
            ?? scratch[worker].gateUp.start
    }
}
