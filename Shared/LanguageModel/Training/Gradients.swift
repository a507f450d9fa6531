internal import CKernels

/// The backward pass: one flat gradient buffer from one weight a target token.
///
/// The gradient is that of all parameters, or of an adapter's factors alone: then no other weight's is computed.
///
/// Each region's tasks write apart from each other, and every sum over rows is cut at places that depend on the shape
/// and the number of rows only; so gradients are the same, to the bit, for any thread count.
final class Gradients {
    /// The sums so far, in the layout of what is trained.
    let buffer: FloatBuffer
    let transformer: Transformer
    /// What is trained instead of all parameters; nil when those are.
    let adapter: Adapter?
    private(set) var memory: BackwardMemory

    init(_ transformer: Transformer, adapter: Adapter?) {
        self.transformer = transformer
        self.adapter = adapter
        buffer = FloatBuffer(count: adapter?.parameters.count ?? transformer.layout.count)
        memory = BackwardMemory(transformer, rowCapacity: 0, keyCapacity: 0, rank: 0)
    }

    /// Forgets the sums.
    func clear() {
        let chunk = 1 << 16
        let buffer = buffer
        transformer.pool.run((buffer.count + chunk - 1) / chunk) { index, _ in
            let start = index * chunk
            (buffer.start + start).update(repeating: 0, count: min(chunk, buffer.count - start))
        }
    }

    /// Adds the gradient of Σ weight · log p(target) over a pass that `pass` has just computed.
    func add(_ rows: Rows, _ positions: [OutputHead.Position], weights: [Float], pass: ForwardPass) {
        if memory.rowCapacity < rows.count || memory.keyCapacity < rows.largestPosition + 1 {
            memory = BackwardMemory(
                transformer, rowCapacity: max(rows.count, memory.rowCapacity),
                keyCapacity: max(rows.largestPosition + 1, memory.keyCapacity), rank: adapter?.settings.rank ?? 0)
        }
        memory.dresidual.start.update(repeating: 0, count: rows.count * transformer.shape.width)
        addHead(positions, weights, pass)
        let tiles = transformer.tileCount(rows.count)
        let top = transformer.shape.layerCount - 1
        for layer in stride(from: top, through: 0, by: -1) {
            pass.restore(layer, rows)
            backTiles(above: layer < top ? layer + 1 : nil, layer, rows, tiles, pass.activations)
            backAttentions(layer, rows, pass.activations)
        }
        backTiles(above: 0, nil, rows, tiles, pass.activations)
        if adapter == nil { addEmbedding(rows) }
    }

    // MARK: Regions

    /// Takes each tile through the attention inputs of the layer `above` and then the feed-forward part of `layer`; the
    /// weights' gradient of `above` is computed beside them. Large tasks come first, so that threads end together.
    private func backTiles(above: Int?, _ layer: Int?, _ rows: Rows, _ tiles: Int, _ activations: Activations) {
        let tasks = above.map { weightTasks($0, beforeAttention: true, activations) } ?? []
        transformer.pool.run(tasks.count + tiles) { index, worker in
            guard index >= tasks.count else {
                add(tasks[index], rowCount: rows.count, worker: worker)
                return
            }
            let tileIndex = index - tasks.count
            let tile = transformer.realTile(tileIndex, of: rows.count)
            if let above { backAttentionInputs(above, tile, tileIndex, worker, activations) }
            if let layer { backFeedForward(layer, tile, tileIndex, worker, activations) }
        }
        if let above { addGain(transformer.layout.layers[above].attentionNorm, tiles, isFirst: true) }
        if let layer { addGain(transformer.layout.layers[layer].feedForwardNorm, tiles, isFirst: false) }
    }

    /// Computes attention's backward, and beside it the weights' gradients that do not wait for it.
    private func backAttentions(_ layer: Int, _ rows: Rows, _ activations: Activations) {
        let tasks = weightTasks(layer, beforeAttention: false, activations)
        let heads = transformer.shape.keyValueHeadCount
        transformer.pool.run(tasks.count + rows.segments.count * heads) { index, worker in
            guard index >= tasks.count else {
                add(tasks[index], rowCount: rows.count, worker: worker)
                return
            }
            let (segment, head) = (index - tasks.count).quotientAndRemainder(dividingBy: heads)
            backAttention(layer, rows, rows.segments[segment], head, worker, activations)
        }
    }

    // MARK: Gains and embedding

    /// Adds the tiles' parts of one norm's gain, in order, if it is trained, and clears them.
    func addGain(_ offset: Int, _ tiles: Int, isFirst: Bool) {
        let width = transformer.shape.width
        let parts = memory.gainParts(isFirst: isFirst)
        for tile in 0..<(adapter == nil ? tiles : 0) {
            ef_add(buffer.start + offset, parts + tile * width, width)
        }
        parts.update(repeating: 0, count: tiles * width)
    }

    /// Adds each row's gradient to its token's embedding, in stripes of columns so that tasks write apart.
    private func addEmbedding(_ rows: Rows) {
        let width = transformer.shape.width
        let stripe = 32
        let embedding = buffer.start + transformer.layout.embedding
        let gradient = memory.dresidual.start
        transformer.pool.run((width + stripe - 1) / stripe) { index, _ in
            let first = index * stripe
            let count = min(stripe, width - first)
            for row in 0..<rows.count {
                ef_add(embedding + Int(rows.tokens[row]) * width + first, gradient + row * width + first, count)
            }
        }
    }

    // MARK: Head

    private func addHead(_ positions: [OutputHead.Position], _ weights: [Float], _ pass: ForwardPass) {
        let head = pass.head
        let shape = transformer.shape
        let (width, vocabulary) = (shape.width, shape.vocabularySize)
        let output = transformer.parameters.start + transformer.layout.output
        let gain = transformer.parameters.start + transformer.layout.outputNorm
        let chunks = head.chunks(positions.count)
        for chunk in chunks {
            let toGradient = { (position: Int, logits: UnsafeMutablePointer<Float>) in
                ef_log_softmax_backward(
                    logits, vocabulary, head.logSums.start[position], Int(positions[position].target),
                    weights[position])
            }
            if chunks.count > 1 {
                head.computeLogits(positions, chunk: chunk, final: pass.final, body: toGradient)
            }
            let tiles = transformer.tileCount(chunk.count)
            transformer.pool.run(tiles) { index, worker in
                let real = transformer.realTile(index, of: chunk.count)
                let dlogits = head.logits.start + real.lowerBound * vocabulary
                if chunks.count == 1 {
                    for local in real { toGradient(local, head.logits.start + local * vocabulary) }
                }
                let dnormed = memory.tile(worker)
                Products.inputGradient(
                    dnormed, dlogits, output, rows: real.count, inputs: width, outputs: vocabulary)
                for local in real {
                    let position = chunk.lowerBound + local
                    let row = positions[position].row * width
                    ef_rms_norm_backward(
                        memory.dresidual.start + row, memory.gainParts(isFirst: true) + index * width,
                        dnormed + (local - real.lowerBound) * width, pass.final + row,
                        head.inverses.start + position, gain, 1, width)
                }
            }
            addGain(transformer.layout.outputNorm, tiles, isFirst: true)
            guard adapter == nil else { continue }
            let ranges = WeightTask.ranges(vocabulary)
            transformer.pool.run(ranges.count) { index, _ in
                Products.weightGradient(
                    buffer.start + transformer.layout.output, head.logits.start,
                    head.hidden.start + chunk.lowerBound * width, rows: chunk.count, inputs: width, outputs: vocabulary,
                    range: ranges[index])
            }
        }
    }
}
