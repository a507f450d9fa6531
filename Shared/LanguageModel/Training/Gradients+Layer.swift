internal import CKernels

extension Gradients {
    /// From the gradient of the layer's output to that of what attention returned, for the rows of one tile.
    func backFeedForward(
        _ layer: Int, _ tile: Range<Int>, _ index: Int, _ worker: Int, _ activations: Activations
    ) {
        let shape = transformer.shape
        let (first, count, width, inner) = (tile.lowerBound, tile.count, shape.width, shape.feedForwardWidth)
        let weights = transformer.layout.layers[layer]
        let parameters = transformer.parameters.start
        guard let gateUps = activations.gateUp(layer), let inverses = activations.middleInverse(layer) else {
            preconditionFailure("activations were not kept")
        }
        let gateUp = gateUps + first * 2 * inner
        let hidden = memory.hidden.start + first * inner
        let dresidual = memory.dresidual.start + first * width
        let dmiddle = memory.dmiddle.start + first * width
        let middle = activations.middle(layer) + first * width
        Products.inputGradient(hidden, dresidual, parameters + weights.down, rows: count, inputs: inner, outputs: width)
        ef_swiglu_backward(gateUp, hidden, count, inner)
        let dnormed = memory.tile(worker)
        Products.inputGradient(
            dnormed, gateUp, parameters + weights.gateUp, rows: count, inputs: width, outputs: 2 * inner)
        let gain = parameters + weights.feedForwardNorm
        ef_rms_norm(memory.normedMiddle.start + first * width, nil, middle, gain, count, width, shape.normEpsilon)
        dmiddle.update(from: dresidual, count: count * width)
        ef_rms_norm_backward(
            dmiddle, memory.gainParts(isFirst: false) + index * width, dnormed, middle, inverses + first, gain, count,
            width)
        Products.inputGradient(
            memory.dattended.start + first * width, dmiddle, parameters + weights.attentionOutput, rows: count,
            inputs: width, outputs: width)
        ef_rms_norm(
            memory.normedInput(layer) + first * width, nil, activations.input(layer) + first * width,
            parameters + weights.attentionNorm, count, width, shape.normEpsilon)
    }

    /// From the gradient of queries, keys and values to that of the layer's input, for the rows of one tile.
    func backAttentionInputs(
        _ layer: Int, _ tile: Range<Int>, _ index: Int, _ worker: Int, _ activations: Activations
    ) {
        let shape = transformer.shape
        let (first, count, width) = (tile.lowerBound, tile.count, shape.width)
        let weights = transformer.layout.layers[layer]
        guard let inverses = activations.inputInverse(layer) else { preconditionFailure("activations were not kept") }
        let dnormed = memory.tile(worker)
        Products.inputGradient(
            dnormed, memory.dqueryKeyValue.start + first * shape.queryKeyValueWidth,
            transformer.parameters.start + weights.queryKeyValue, rows: count, inputs: width,
            outputs: shape.queryKeyValueWidth)
        let dresidual = memory.dresidual.start + first * width
        dresidual.update(from: memory.dmiddle.start + first * width, count: count * width)
        ef_rms_norm_backward(
            dresidual, memory.gainParts(isFirst: true) + index * width, dnormed,
            activations.input(layer) + first * width, inverses + first,
            transformer.parameters.start + weights.attentionNorm, count, width)
    }

    /// The gradients of one sequence's queries, keys and values, for one key-value head and the query heads that share it.
    func backAttention(
        _ layer: Int, _ rows: Rows, _ segment: Rows.Segment, _ keyValueHead: Int, _ worker: Int,
        _ activations: Activations
    ) {
        let shape = transformer.shape
        let (width, fused, head) = (shape.width, shape.queryKeyValueWidth, shape.headWidth)
        let group = shape.headCount / shape.keyValueHeadCount
        let first = segment.firstRow
        guard let logSums = activations.logSums(layer) else { preconditionFailure("activations were not kept") }
        let keyColumn = width + keyValueHead * head
        let inputs = activations.queryKeyValue(layer) + first * fused
        let gradients = memory.dqueryKeyValue.start + first * fused
        let (keys, values) = (inputs + keyColumn, inputs + keyColumn + shape.keyValueWidth)
        let (dkeys, dvalues) = (gradients + keyColumn, gradients + keyColumn + shape.keyValueWidth)
        let (p, ds, delta) = memory.scores(worker)
        // From the last queries, which see every key and so start the keys' sums, to the first.
        let lastBlock = (segment.rowCount - 1) / BackwardMemory.queryRows
        for start in stride(from: lastBlock, through: 0, by: -1).map({ $0 * BackwardMemory.queryRows }) {
            let count = min(BackwardMemory.queryRows, segment.rowCount - start)
            let visible = start + count
            for query in (keyValueHead * group)..<((keyValueHead + 1) * group) {
                let column = query * head
                let adds = start < lastBlock * BackwardMemory.queryRows || query > keyValueHead * group
                let queries = inputs + start * fused + column
                let attended = activations.attended(layer) + (first + start) * width + column
                let dattended = memory.dattended.start + (first + start) * width + column
                for row in 0..<count { delta[row] = ef_dot(dattended + row * width, attended + row * width, head) }
                Products.general(
                    p, visible, queries, fused, keys, fused, rows: count, columns: visible, inner: head,
                    transposesB: true)
                Products.general(
                    ds, visible, dattended, width, values, fused, rows: count, columns: visible, inner: head,
                    transposesB: true)
                ef_attend_backward(
                    p, ds, visible, count, visible, start, logSums + (first + start) * shape.headCount + query,
                    shape.headCount, delta, shape.attentionScale)
                Products.general(
                    dvalues, fused, p, visible, dattended, width, rows: visible, columns: head, inner: count,
                    transposesA: true, adds: adds)
                Products.general(
                    dkeys, fused, ds, visible, queries, fused, rows: visible, columns: head, inner: count,
                    transposesA: true, adds: adds)
                Products.general(
                    gradients + start * fused + column, fused, ds, visible, keys, fused, rows: count, columns: head,
                    inner: visible)
            }
        }
        rows.positions.withUnsafeBufferPointer { positions in
            guard let start = positions.baseAddress else { return }
            for (column, heads) in [(keyValueHead * group * head, group), (keyColumn, 1)] {
                ef_rotate(
                    gradients + column, fused, start + first, segment.rowCount, heads, head,
                    transformer.rotary.cosine.start, transformer.rotary.sine.start, -1)
            }
        }
    }
}
