internal import CKernels

extension Gradients {
    /// From the gradient of the layer's output to that of what attention returned.
    func backFeedForward(_ layer: Int, _ count: Int, _ activations: Activations) {
        let (shape, kernels, projections) = (transformer.shape, transformer.kernels, transformer.projections)
        let (width, inner) = (shape.width, shape.feedForwardWidth)
        let weights = transformer.layout.layers[layer]
        let parameters = transformer.parameters.start
        guard let gateUp = activations.gateUp(layer), let inverses = activations.middleInverse(layer) else {
            preconditionFailure("activations were not kept")
        }
        let (hidden, dresidual, dmiddle) = (memory.hidden.start, memory.dresidual.start, memory.dmiddle.start)
        let middle = activations.middle(layer)
        let memory = memory
        func inputGradient(
            _ matrix: ParameterLayout.Matrix, _ dx: UnsafeMutablePointer<Float>, _ dy: UnsafePointer<Float>
        ) {
            projections.inputGradient(
                matrix, dx, dy, rows: count, memory: memory.operand.start, eachRows: transformer.eachRows)
        }
        inputGradient(weights.down, hidden, dresidual)
        transformer.eachRows(count) { part in
            kernels.swiglu_backward(
                gateUp + part.lowerBound * 2 * inner, hidden + part.lowerBound * inner, part.count, inner)
        }
        inputGradient(weights.gateUp, memory.dnormed.start, gateUp)
        backNorm(
            gain: weights.feedForwardNorm, dx: dmiddle, base: dresidual, x: middle, inverses: inverses, rows: count
        ) { part in
            let first = part.lowerBound * width
            kernels.rms_norm(
                memory.normedMiddle.start + first, nil, middle + first, parameters + weights.feedForwardNorm,
                part.count, width, shape.normEpsilon)
            kernels.rms_norm(
                memory.normedInput.start + first, nil, activations.input(layer) + first,
                parameters + weights.attentionNorm, part.count, width, shape.normEpsilon)
        }
        inputGradient(weights.attentionOutput, memory.dattended.start, dmiddle)
        packInputs(layer, count, activations)
    }

    /// From the gradient of queries, keys and values to that of the layer's input.
    func backAttentionInputs(_ layer: Int, _ count: Int, _ activations: Activations) {
        let weights = transformer.layout.layers[layer]
        guard let inverses = activations.inputInverse(layer) else { preconditionFailure("activations were not kept") }
        let tasks = weightTasks(layer, beforeAttention: true, activations)
        transformer.pool.run(tasks.count) { index, worker in add(tasks[index], rowCount: count, worker: worker) }
        transformer.projections.inputGradient(
            weights.queryKeyValue, memory.dnormed.start, memory.dqueryKeyValue.start, rows: count,
            memory: memory.operand.start, eachRows: transformer.eachRows)
        backNorm(
            gain: weights.attentionNorm, dx: memory.dresidual.start, base: memory.dmiddle.start,
            x: activations.input(layer), inverses: inverses, rows: count)
    }
}
