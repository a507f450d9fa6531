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

    /// Adds the gradient of Σ weight · log p(target) over a pass that `pass` has just computed, of one weight a target of its head.
    func add(_ packed: PackedRows, weights: [Float], pass: ForwardPass) {
        let rows = packed.rows
        if memory.rowCapacity < rows.count || memory.keyCapacity < rows.largestPosition + 1 {
            memory = BackwardMemory(
                transformer, rowCapacity: max(rows.count, memory.rowCapacity),
                keyCapacity: max(rows.largestPosition + 1, memory.keyCapacity), rank: adapter?.settings.rank ?? 0)
        }
        memory.reserveShared(packed.sharedRowCount)
        let width = transformer.shape.width
        transformer.eachRows(rows.count) { part in
            (memory.dresidual.start + part.lowerBound * width).update(repeating: 0, count: part.count * width)
        }
        addHead(packed.head, weights, pass)
        for layer in stride(from: transformer.shape.layerCount - 1, through: 0, by: -1) {
            pass.restore(layer, rows)
            backFeedForward(layer, rows.count, pass.activations)
            backAttentions(layer, packed, pass.activations)
            backAttentionInputs(layer, rows.count, pass.activations)
        }
        if adapter == nil { addEmbedding(rows) }
    }

    // MARK: Regions

    /// Computes attention's backward, and beside it the weights' gradients that do not wait for it. Large tasks come first,
    /// so that threads end together.
    private func backAttentions(_ layer: Int, _ packed: PackedRows, _ activations: Activations) {
        let rows = packed.rows
        let tasks = weightTasks(layer, beforeAttention: false, activations)
        let heads = transformer.shape.keyValueHeadCount
        transformer.pool.run(tasks.count + rows.segments.count * heads) { index, worker in
            guard index >= tasks.count else {
                add(tasks[index], rowCount: rows.count, worker: worker)
                return
            }
            let (segment, head) = (index - tasks.count).quotientAndRemainder(dividingBy: heads)
            backAttention(layer, packed, segment, head, worker, activations)
        }
        addShared(packed)
        rotateBack(rows)
    }

    /// dx = base + the gradient of a norm's input, and adds the gain's gradient, from that of its output, `memory.dnormed`.
    ///
    /// - Parameters:
    ///   - base: [rows][C], which may be dx.
    ///   - beside: what else is computed of the rows.
    func backNorm(
        gain: Int, dx: UnsafeMutablePointer<Float>, base: UnsafePointer<Float>, x: UnsafePointer<Float>,
        inverses: UnsafePointer<Float>, rows: Int, beside: (Range<Int>) -> Void = { _ in }
    ) {
        let (width, kernels) = (transformer.shape.width, transformer.kernels)
        let parts = BackwardMemory.gainParts(rows)
        transformer.pool.run(parts) { index, _ in
            let first = index * BackwardMemory.gainRows
            let part = first..<min(first + BackwardMemory.gainRows, rows)
            beside(part)
            kernels.rms_norm_backward(
                dx + first * width, base + first * width, memory.gainParts + index * width,
                memory.dnormed.start + first * width, x + first * width, inverses + first,
                transformer.parameters.start + gain, part.count, width)
        }
        addGain(gain, parts)
    }

    // MARK: Gains and embedding

    /// Adds the parts of one norm's gain, in order, if it is trained, and clears them.
    private func addGain(_ offset: Int, _ parts: Int) {
        let width = transformer.shape.width
        for part in 0..<(adapter == nil ? parts : 0) {
            transformer.kernels.add(buffer.start + offset, memory.gainParts + part * width, width)
        }
        memory.gainParts.update(repeating: 0, count: parts * width)
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
                transformer.kernels.add(
                    embedding + Int(rows.tokens[row]) * width + first, gradient + row * width + first, count)
            }
        }
    }

    // MARK: Head

    private func addHead(_ positions: HeadPositions, _ weights: [Float], _ pass: ForwardPass) {
        let head = pass.head
        let shape = transformer.shape
        let (width, vocabulary) = (shape.width, shape.vocabularySize)
        let (output, kernels) = (transformer.layout.output, transformer.kernels)
        let gain = transformer.parameters.start + transformer.layout.outputNorm
        let chunks = head.chunks(positions.count)
        for chunk in chunks {
            let toGradient = { (position: Int, logits: UnsafeMutablePointer<Float>) in
                let targets = positions.targets(of: position)
                let sum = weights[targets].reduce(0, +)
                let first = Int(positions.targets[targets.lowerBound])
                kernels.log_softmax_backward(logits, vocabulary, head.logSums.start[position], first, sum)
                guard targets.count > 1 else { return }
                logits[first] -= sum
                for target in targets { logits[Int(positions.targets[target])] += weights[target] }
            }
            if chunks.count > 1 {
                head.computeLogits(positions, chunk: chunk, final: pass.final, body: toGradient)
            } else {
                transformer.pool.run(chunk.count) { local, _ in
                    toGradient(local, head.logits.start + local * vocabulary)
                }
            }
            let dnormed = memory.dnormed.start
            transformer.projections.inputGradient(
                output, dnormed, head.logits.start, rows: chunk.count, memory: memory.operand.start,
                eachRows: transformer.eachRows)
            let parts = BackwardMemory.gainParts(chunk.count)
            transformer.pool.run(parts) { index, _ in
                let first = index * BackwardMemory.gainRows
                for local in first..<min(first + BackwardMemory.gainRows, chunk.count) {
                    let position = chunk.lowerBound + local
                    let row = positions.rows[position] * width
                    let place = memory.dresidual.start + row
                    kernels.rms_norm_backward(
                        place, place, memory.gainParts + index * width, dnormed + local * width, pass.final + row,
                        head.inverses.start + position, gain, 1, width)
                }
            }
            addGain(transformer.layout.outputNorm, parts)
            guard adapter == nil else { continue }
            // As wide; each layer packs its own after this.
            let panels = memory.inputPanels(.queryKeyValue)
            ColumnPanels.pack(
                [(UnsafePointer(head.hidden.start + chunk.lowerBound * width), panels)], rows: chunk.count,
                pool: transformer.pool)
            let ranges = WeightTask.ranges(vocabulary)
            transformer.pool.run(ranges.count) { index, worker in
                memory.weightGradients[worker].add(
                    buffer.start + output.offset, head.logits.start, dyStride: vocabulary, panels, rows: chunk.count,
                    range: ranges[index])
            }
        }
    }
}
