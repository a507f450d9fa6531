extension Gradients {
    /// The tasks of one layer's weights: those whose rows wait for attention's gradient, or those that can be computed
    /// beside it, the largest first.
    func weightTasks(_ layer: Int, beforeAttention: Bool, _ activations: Activations) -> [WeightTask] {
        guard let adapter else {
            let matrices: [LayerMatrix] = beforeAttention ? [.queryKeyValue] : [.down, .gateUp, .attentionOutput]
            return matrices.flatMap { matrix in
                let factors = factors(matrix, layer, activations)
                return WeightTask.ranges(factors.outputs).map {
                    WeightTask.rows(factors, memory.inputPanels(matrix), $0)
                }
            }
        }
        return adapter.pairs(of: layer).compactMap { pair in
            let matrix = LayerMatrix(pair.target)
            guard (matrix == .queryKeyValue) == beforeAttention else { return nil }
            return .factors(factors(matrix, layer, activations).part(pair.matrix), pair)
        }
    }

    /// Packs what the products of a layer's weight gradients read.
    func packInputs(_ layer: Int, _ rowCount: Int, _ activations: Activations) {
        guard adapter == nil else { return }
        ColumnPanels.pack(
            LayerMatrix.allCases.map { (factors($0, layer, activations).x, memory.inputPanels($0)) }, rows: rowCount,
            pool: transformer.pool)
    }

    /// Adds one task's gradient, summed over all rows in one product.
    func add(_ task: WeightTask, rowCount: Int, worker: Int) {
        switch task {
        case .rows(let factors, let panels, let range):
            memory.weightGradients[worker].add(
                buffer.start + factors.offset, factors.dy, dyStride: factors.dyStride, panels, rows: rowCount,
                range: range)
        case .factors(let factors, let pair):
            guard let adapter else { preconditionFailure("factors of no adapter") }
            let (rank, scale) = (adapter.settings.rank, adapter.settings.scale)
            let (a, b) = (adapter.parameters.start + pair.a, adapter.parameters.start + pair.b)
            let product = memory.lowRank(worker)
            // dA = scale · (dy · B)ᵀ · x
            SmallProducts.multiply(
                product, rank, factors.dy, factors.dyStride, b, rank, rows: rowCount, columns: rank,
                inner: factors.outputs, scale: scale)
            SmallProducts.multiply(
                buffer.start + pair.a, factors.inputs, product, rank, factors.x, factors.inputs, rows: rank,
                columns: factors.inputs, inner: rowCount, transposesA: true, adds: true)
            // dB = scale · dyᵀ · (x · Aᵀ)
            SmallProducts.multiply(
                product, rank, factors.x, factors.inputs, a, factors.inputs, rows: rowCount, columns: rank,
                inner: factors.inputs, transposesB: true, scale: scale)
            SmallProducts.multiply(
                buffer.start + pair.b, rank, factors.dy, factors.dyStride, product, rank, rows: factors.outputs,
                columns: rank, inner: rowCount, transposesA: true, adds: true)
        }
    }

    private func factors(_ matrix: LayerMatrix, _ layer: Int, _ activations: Activations) -> GradientFactors {
        let (shape, weights) = (transformer.shape, transformer.layout.layers[layer])
        func make(
            _ offset: Int, _ dy: UnsafePointer<Float>, _ outputs: Int, _ x: UnsafePointer<Float>, _ inputs: Int
        ) -> GradientFactors {
            GradientFactors(offset: offset, dy: dy, dyStride: outputs, outputs: outputs, x: x, inputs: inputs)
        }
        switch matrix {
        case .queryKeyValue:
            return make(
                weights.queryKeyValue.offset, memory.dqueryKeyValue.start, shape.queryKeyValueWidth,
                memory.normedInput.start, shape.width)
        case .attentionOutput:
            return make(
                weights.attentionOutput.offset, memory.dmiddle.start, shape.width, activations.attended(layer),
                shape.width)
        case .gateUp:
            guard let dgateUp = activations.gateUp(layer) else { preconditionFailure("activations were not kept") }
            return make(
                weights.gateUp.offset, dgateUp, 2 * shape.feedForwardWidth, memory.normedMiddle.start, shape.width)
        case .down:
            return make(
                weights.down.offset, memory.dresidual.start, shape.width, memory.hidden.start, shape.feedForwardWidth)
        }
    }
}
