/// A part of the weights' gradients that one task computes, apart from all others.
enum WeightTask {
    /// Some outputs' rows of a matrix of the parameters, with the columns of x.
    case rows(GradientFactors, ColumnPanels, Range<Int>)
    /// The two factors of an adapter's pair.
    case factors(GradientFactors, Adapter.Pair)

    /// The outputs of a matrix cut into nearly equal ranges of about 256.
    static func ranges(_ outputs: Int) -> [Range<Int>] {
        let count = max(1, (outputs + 128) / 256)
        return (0..<count).map { (outputs * $0 / count)..<(outputs * ($0 + 1) / count) }
    }
}

/// The matrices of a layer, those that lie together as one.
enum LayerMatrix: Int, CaseIterable {
    case queryKeyValue, attentionOutput, gateUp, down

    init(_ target: AdapterTarget) {
        switch target {
        case .query, .key, .value: self = .queryKeyValue
        case .attentionOutput: self = .attentionOutput
        case .gate, .up: self = .gateUp
        case .down: self = .down
        }
    }
}

/// What the gradient of a matrix is made of: dW = dyᵀ · x, summed over the rows.
struct GradientFactors {
    /// The matrix's place in the parameters.
    let offset: Int
    /// [rows][outputs], at `dyStride`.
    let dy: UnsafePointer<Float>
    let dyStride: Int
    let outputs: Int
    /// [rows][inputs], without gaps.
    let x: UnsafePointer<Float>
    let inputs: Int

    /// The factors of one of several matrices that lie together.
    func part(_ matrix: ParameterLayout.Tensor) -> GradientFactors {
        let firstOutput = (matrix.offset - offset) / inputs
        precondition(
            matrix.columns == inputs && (0...(outputs - matrix.rows)).contains(firstOutput),
            "\(matrix.name) is no part of \(outputs) outputs at \(offset)")
        return GradientFactors(
            offset: matrix.offset, dy: dy + firstOutput, dyStride: dyStride, outputs: matrix.rows, x: x, inputs: inputs)
    }
}
