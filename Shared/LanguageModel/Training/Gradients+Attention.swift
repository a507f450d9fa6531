internal import CKernels

extension Gradients {
    /// The gradients of one segment's queries, keys and values, before they are turned back, for one key-value head and the query
    /// heads that share it; those of keys and values that it shares with other sequences are put aside.
    func backAttention(
        _ layer: Int, _ packed: PackedRows, _ index: Int, _ keyValueHead: Int, _ worker: Int, _ activations: Activations
    ) {
        let shape = transformer.shape
        let (width, fused, head) = (shape.width, shape.queryKeyValueWidth, shape.headWidth)
        let group = shape.headCount / shape.keyValueHeadCount
        let segment = packed.rows.segments[index]
        let (first, before) = (segment.firstRow, segment.firstPosition)
        guard let logSums = activations.logSums(layer) else { preconditionFailure("activations were not kept") }
        let keyColumn = width + keyValueHead * head
        let inputs = activations.queryKeyValue(layer)
        let gradients = memory.dqueryKeyValue.start
        let (keys, values, dkeys, dvalues) = memory.keysAndValues(worker)
        var position = 0
        for row in (packed.ancestors[index] + [segment.rows]).joined() {
            let from = inputs + row * fused + keyColumn
            (keys + position * head).update(from: from, count: head)
            (values + position * head).update(from: from + shape.keyValueWidth, count: head)
            position += 1
        }
        let (p, ds, delta) = memory.scores(worker)
        // From the last queries, which see every key and so start the keys' sums, to the first.
        let lastBlock = (segment.rowCount - 1) / BackwardMemory.queryRows
        for start in stride(from: lastBlock, through: 0, by: -1).map({ $0 * BackwardMemory.queryRows }) {
            let count = min(BackwardMemory.queryRows, segment.rowCount - start)
            let visible = before + start + count
            for query in (keyValueHead * group)..<((keyValueHead + 1) * group) {
                let column = query * head
                let adds = start < lastBlock * BackwardMemory.queryRows || query > keyValueHead * group
                let queries = inputs + (first + start) * fused + column
                let attended = activations.attended(layer) + (first + start) * width + column
                let dattended = memory.dattended.start + (first + start) * width + column
                for row in 0..<count {
                    delta[row] = transformer.kernels.dot(dattended + row * width, attended + row * width, head)
                }
                SmallProducts.multiply(
                    p, visible, queries, fused, keys, head, rows: count, columns: visible, inner: head,
                    transposesB: true)
                SmallProducts.multiply(
                    ds, visible, dattended, width, values, head, rows: count, columns: visible, inner: head,
                    transposesB: true)
                transformer.kernels.attend_backward(
                    p, ds, visible, count, visible, before + start,
                    logSums + (first + start) * shape.headCount + query, shape.headCount, delta, shape.attentionScale)
                SmallProducts.multiply(
                    dvalues, head, p, visible, dattended, width, rows: visible, columns: head, inner: count,
                    transposesA: true, adds: adds)
                SmallProducts.multiply(
                    dkeys, head, ds, visible, queries, fused, rows: visible, columns: head, inner: count,
                    transposesA: true, adds: adds)
                SmallProducts.multiply(
                    gradients + (first + start) * fused + column, fused, ds, visible, keys, head, rows: count,
                    columns: head, inner: visible)
            }
        }
        for position in 0..<(before + segment.rowCount) {
            let row = position - before
            let to =
                row >= 0
                ? gradients + (first + row) * fused + keyColumn
                : memory.shared(packed.firstSharedRow(index) + position) + keyValueHead * head
            to.update(from: dkeys + position * head, count: head)
            (to + shape.keyValueWidth).update(from: dvalues + position * head, count: head)
        }
    }

    /// Adds to the keys' and values' gradients what segments after them have put aside, in the segments' order; in stripes of columns, so
    /// that tasks write apart.
    func addShared(_ packed: PackedRows) {
        guard packed.sharedRowCount > 0 else { return }
        let (columns, stripe) = (2 * transformer.shape.keyValueWidth, 64)
        let (width, fused) = (transformer.shape.width, transformer.shape.queryKeyValueWidth)
        transformer.pool.run((columns + stripe - 1) / stripe) { index, _ in
            let first = index * stripe
            let count = min(stripe, columns - first)
            for (segment, ancestors) in packed.ancestors.enumerated() {
                var place = packed.firstSharedRow(segment)
                for row in ancestors.joined() {
                    transformer.kernels.add(
                        memory.dqueryKeyValue.start + row * fused + width + first, memory.shared(place) + first, count)
                    place += 1
                }
            }
        }
    }

    /// Turns the gradients of rotated queries and keys back.
    func rotateBack(_ rows: Rows) {
        let (shape, fused) = (transformer.shape, transformer.shape.queryKeyValueWidth)
        transformer.eachRows(rows.count) { part in
            rows.positions.withUnsafeBufferPointer { positions in
                guard let start = positions.baseAddress else { return }
                transformer.kernels.rotate(
                    memory.dqueryKeyValue.start + part.lowerBound * fused, fused, start + part.lowerBound, part.count,
                    shape.headCount + shape.keyValueHeadCount, shape.headWidth, transformer.rotary.cosine.start,
                    transformer.rotary.sine.start, -1)
            }
        }
    }
}
