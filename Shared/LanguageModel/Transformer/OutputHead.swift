internal import CKernels
import Tokenization

/// The output norm and the product with the vocabulary, in chunks, so that a long batch's logits are never held whole.
final class OutputHead {
    /// One position whose next token is wanted: its row in the pass, and that token, if it is known already.
    struct Position {
        let row: Int
        let target: Token
    }

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

    private static let chunkFloats = 1 << 25

    init(_ transformer: Transformer) {
        self.transformer = transformer
        let vocabulary = transformer.shape.vocabularySize
        chunkRows = max(Self.chunkFloats / vocabulary, transformer.tileRows)
    }

    /// Makes room for that many positions.
    func reserve(_ count: Int) {
        let rows = count + transformer.minimumRows
        guard logSums.count < rows else { return }
        hidden = FloatBuffer(count: rows * transformer.shape.width)
        inverses = FloatBuffer(count: rows)
        logSums = FloatBuffer(count: rows)
        logits = FloatBuffer(
            count: min(transformer.paddedRows(count), chunkRows + transformer.minimumRows)
                * transformer.shape.vocabularySize)
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
        _ positions: [Position], chunk: Range<Int>, final: UnsafePointer<Float>,
        body: (_ position: Int, _ logits: UnsafeMutablePointer<Float>) -> Void
    ) {
        let transformer = transformer
        let (width, vocabulary) = (transformer.shape.width, transformer.shape.vocabularySize)
        let (parameters, layout) = (transformer.parameters.start, transformer.layout)
        transformer.pool.run(transformer.tileCount(chunk.count)) { index, _ in
            let tile = transformer.tile(index, of: chunk.count)
            let real = tile.lowerBound..<min(tile.upperBound, chunk.count)
            for local in real {
                let position = chunk.lowerBound + local
                ef_rms_norm(
                    hidden.start + position * width, inverses.start + position, final + positions[position].row * width,
                    parameters + layout.outputNorm, 1, width, transformer.shape.normEpsilon)
            }
            Products.forward(
                logits.start + tile.lowerBound * vocabulary,
                hidden.start + (chunk.lowerBound + tile.lowerBound) * width,
                parameters + layout.output, rows: tile.count, inputs: width, outputs: vocabulary)
            for local in real { body(chunk.lowerBound + local, logits.start + local * vocabulary) }
        }
    }

    /// The log-probability of each position's target, in order.
    func logProbabilities(_ positions: [Position], final: UnsafePointer<Float>) -> [Float] {
        reserve(positions.count)
        var result = [Float](repeating: 0, count: positions.count)
        result.withUnsafeMutableBufferPointer { result in
            // Each call writes its own place.
            let start = result.baseAddress
            for chunk in chunks(positions.count) {
                computeLogits(positions, chunk: chunk, final: final) { position, logits in
                    let logSum = ef_log_sum_exp(logits, transformer.shape.vocabularySize)
                    logSums.start[position] = logSum
                    start?[position] = logits[Int(positions[position].target)] - logSum
                }
            }
        }
        return result
    }
}

extension PackedBatch {
    /// Every target's position: the row before it, counting the rows of all sequences.
    var headPositions: [OutputHead.Position] {
        var positions: [OutputHead.Position] = []
        positions.reserveCapacity(targetCount)
        var firstRow = 0
        for sequence in sequences {
            for index in sequence.targets {
                positions.append(.init(row: firstRow + index - 1, target: sequence.tokens[index]))
            }
            firstRow += sequence.rowCount
        }
        return positions
    }

    /// Cuts one value a target, in order, into one array a sequence.
    func split(_ values: [Float]) -> [[Float]] {
        var start = 0
        return sequences.map { sequence in
            defer { start += sequence.targets.count }
            return Array(values[start..<(start + sequence.targets.count)])
        }
    }
}
