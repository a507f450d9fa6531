/// Where each tensor lies in the flat buffer of parameters, and in the gradient and moment buffers of the same layout.
///
/// The tensors follow each other without gaps, so the query, key and value matrices of a layer are one matrix of
/// `queryKeyValueWidth` rows, and gate and up are one of `2 · feedForwardWidth` rows.
struct ParameterLayout: Sendable {
    /// One named tensor; a matrix has `rows` outputs of `columns` inputs each, a gain has one row.
    struct Tensor: Sendable {
        let name: String
        let rows: Int
        let columns: Int
        let offset: Int
        /// Norm gains are vectors in the file and are left out of weight decay.
        let isGain: Bool

        var count: Int { rows * columns }
        var range: Range<Int> { offset..<(offset + count) }
    }

    /// A matrix that rows are multiplied with, [outputs][inputs].
    struct Matrix: Sendable {
        let offset: Int
        let outputs: Int
        let inputs: Int
    }

    /// One layer's matrices, and the offsets of its gains.
    struct Layer: Sendable {
        let attentionNorm: Int
        let queryKeyValue: Matrix
        let attentionOutput: Matrix
        let feedForwardNorm: Int
        let gate: Matrix
        let up: Matrix
        let down: Matrix

        /// Gate and up, which lie together.
        var gateUp: Matrix {
            Matrix(offset: gate.offset, outputs: gate.outputs + up.outputs, inputs: gate.inputs)
        }
    }

    let tensors: [Tensor]
    let layers: [Layer]
    let embedding: Int
    let outputNorm: Int
    /// The output matrix; lies at `embedding` when the two are tied.
    let output: Matrix
    let count: Int

    init(_ shape: ModelShape) {
        let (width, inner) = (shape.width, shape.feedForwardWidth)
        var tensors: [Tensor] = []
        var end = 0
        func add(_ name: String, _ rows: Int, _ columns: Int, isGain: Bool = false) -> Int {
            let tensor = Tensor(name: name, rows: rows, columns: columns, offset: end, isGain: isGain)
            tensors.append(tensor)
            end += tensor.count
            return tensor.offset
        }
        embedding = add("token_embd.weight", shape.vocabularySize, width)
        var layers: [Layer] = []
        for index in 0..<shape.layerCount {
            let attentionNorm = add("blk.\(index).attn_norm.weight", 1, width, isGain: true)
            let queryKeyValue = add("blk.\(index).attn_q.weight", width, width)
            _ = add("blk.\(index).attn_k.weight", shape.keyValueWidth, width)
            _ = add("blk.\(index).attn_v.weight", shape.keyValueWidth, width)
            let attentionOutput = add("blk.\(index).attn_output.weight", width, width)
            let feedForwardNorm = add("blk.\(index).ffn_norm.weight", 1, width, isGain: true)
            let gate = add("blk.\(index).ffn_gate.weight", inner, width)
            let up = add("blk.\(index).ffn_up.weight", inner, width)
            let down = add("blk.\(index).ffn_down.weight", width, inner)
            layers.append(
                Layer(
                    attentionNorm: attentionNorm,
                    queryKeyValue: Matrix(offset: queryKeyValue, outputs: shape.queryKeyValueWidth, inputs: width),
                    attentionOutput: Matrix(offset: attentionOutput, outputs: width, inputs: width),
                    feedForwardNorm: feedForwardNorm, gate: Matrix(offset: gate, outputs: inner, inputs: width),
                    up: Matrix(offset: up, outputs: inner, inputs: width),
                    down: Matrix(offset: down, outputs: width, inputs: inner)))
        }
        outputNorm = add("output_norm.weight", 1, width, isGain: true)
        output = Matrix(
            offset: shape.tiesEmbeddings ? embedding : add("output.weight", shape.vocabularySize, width),
            outputs: shape.vocabularySize, inputs: width)
        self.tensors = tensors
        self.layers = layers
        count = end
    }
}
