internal import CKernels
import Tokenization

/// The output norm and the product with the vocabulary, in chunks, so that a long batch's logits are never held whole.
final class OutputHead {
    let transformer: Transformer
    /// Positions whose logits are held at once.
    let chunkRows: Int
    /// [positions][C]: what the output matrix reads.
    private(set) var hidden = FloatBuffer(count: 0)
    /// [positions]: 1 / rms of each position's vector.
    private(set) var inverses = FloatBuffer(count: 0)
    /// [positions]: the log of each softmax's denominator.
    private(set) var logSums = FloatBuffer(count: 0)
    /// [chunk][V].
    private(set) var logits = FloatBuffer(count: 0)

    /// Prepared rows of one chunk.
    private var operand = RawBuffer(byteCount: 0)

    private static let chunkFloats = 1 << 26

    init(_ transformer: Transformer) {
        self.transformer = transformer
        chunkRows = max(Self.chunkFloats / transformer.shape.vocabularySize, 16)
    }

    /// Makes room for that many positions.
    func reserve(_ count: Int) {
        guard logSums.count < count else { return }
        hidden = FloatBuffer(count: count * transformer.shape.width)
        inverses = FloatBuffer(count: count)
        logSums = FloatBuffer(count: count)
        let rows = min(count, chunkRows)
        logits = FloatBuffer(count: rows * transformer.shape.vocabularySize)
        operand = RawBuffer(
            byteCount: transformer.projections.products.operandBytes(rows: rows, inputs: transformer.shape.width))
    }

    /// The chunks of that many positions, in order.
    func chunks(_ count: Int) -> [Range<Int>] {
        stride(from: 0, to: count, by: chunkRows).map { $0..<min($0 + chunkRows, count) }
    }

    /// Computes the logits of one chunk of positions, and calls `body` with each position and its row of logits.
    ///
    /// - Parameters:
    ///   - final: [rows][C], what the last layer left.
    ///   - body: called once a position, on any of the pool's threads; may overwrite the logits.
    func computeLogits(
        _ positions: HeadPositions, chunk: Range<Int>, final: UnsafePointer<Float>,
        body: (_ position: Int, _ logits: UnsafeMutablePointer<Float>) -> Void
    ) {
        let transformer = transformer
        let (width, vocabulary) = (transformer.shape.width, transformer.shape.vocabularySize)
        let (gain, products) = (
            transformer.parameters.start + transformer.layout.outputNorm, transformer.projections.products
        )
        let normed = hidden.start + chunk.lowerBound * width
        let memory = operand.start
        transformer.eachRows(chunk.count) { part in
            for local in part {
                transformer.kernels.rms_norm(
                    normed + local * width, inverses.start + chunk.lowerBound + local,
                    final + positions.rows[chunk.lowerBound + local] * width, gain, 1, width,
                    transformer.shape.normEpsilon)
            }
            products.prepare(
                normed, stride: width, rows: chunk.count, part: part, inputs: width, columns: 0..<width, memory: memory)
        }
        transformer.projections.apply(
            transformer.layout.output, logits.start, stride: vocabulary,
            products.operand(normed, stride: width, rows: chunk.count, inputs: width, memory: memory),
            rows: chunk.count)
        transformer.pool.run(chunk.count) { local, _ in
            body(chunk.lowerBound + local, logits.start + local * vocabulary)
        }
    }

    /// The log-probability of each target, in order.
    func logProbabilities(_ positions: HeadPositions, final: UnsafePointer<Float>) -> [Float] {
        reserve(positions.count)
        var result = [Float](repeating: 0, count: positions.targets.count)
        result.withUnsafeMutableBufferPointer { result in
            // Each call writes its own places.
            let start = result.baseAddress
            for chunk in chunks(positions.count) {
                computeLogits(positions, chunk: chunk, final: final) { position, logits in
                    let logSum = transformer.kernels.log_sum_exp(logits, transformer.shape.vocabularySize)
                    logSums.start[position] = logSum
                    for target in positions.targets(of: position) {
                        start?[target] = logits[Int(positions.targets[target])] - logSum
                    }
                }
            }
        }
        return result
    }
}

extension PackedBatch {
    /// Cuts one value a target, in order, into one array a sequence.
    func split(_ values: [Float]) -> [[Float]] {
        var start = 0
        return sequences.map { sequence in
            defer { start += sequence.targets.count }
            return Array(values[start..<(start + sequence.targets.count)])
        }
    }
}
