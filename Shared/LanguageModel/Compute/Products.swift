internal import CKernels

/// Matrix products of one precision, each on the calling thread; all matrices are row-major.
///
/// A product is y = base + x · weightsᵀ: rows of x are *prepared* (rounded; nothing is done for 32 bits), weights are *packed* in
/// panels of `panelOutputs` outputs, and each result is one chain of fused multiply-adds over the inputs in their order, from 0 or
/// from its base. So its bits depend on its own row and output alone; see docs/engine.md, *Equal bits*.
struct Products {
    let kernels: Kernels
    let precision: Precision

    /// The outputs of one panel.
    static let panelOutputs = Int(EF_PANEL)
    /// What the inputs of a product may be cut into: an int8 group, and whole pairs of bf16.
    static let groupInputs = Int(EF_GROUP)

    // MARK: Weights

    /// The bytes of one panel of weights.
    func panelBytes(inputs: Int) -> Int {
        switch precision {
        case .fp32: 4 * inputs * Self.panelOutputs
        case .bf16: 2 * (inputs + inputs % 2) * Self.panelOutputs
        case .int8: Self.groups(inputs) * Int(EF_GROUP_BYTES)
        }
    }

    /// The panels that hold so many outputs.
    static func panels(_ outputs: Int) -> Int { (outputs + panelOutputs - 1) / panelOutputs }

    /// Packs `outputs` rows of weights, `stride` floats apart.
    func pack(
        _ panels: UnsafeMutableRawPointer, _ weights: UnsafePointer<Float>, stride: Int, outputs: Int, inputs: Int
    ) {
        switch precision {
        case .fp32: kernels.pack_fp32(floats(panels), weights, stride, outputs, inputs)
        case .bf16: kernels.pack_bf16(halves(panels), weights, stride, outputs, inputs)
        case .int8: kernels.pack_int8(panels.assumingMemoryBound(to: Int8.self), weights, stride, outputs, inputs)
        }
    }

    /// Packs `outputs` columns of weights that lie as [inputs][outputs]; not for int8.
    func packColumns(
        _ panels: UnsafeMutableRawPointer, _ weights: UnsafePointer<Float>, stride: Int, outputs: Int, inputs: Int
    ) {
        switch precision {
        case .fp32: kernels.pack_fp32_columns(floats(panels), weights, stride, outputs, inputs)
        case .bf16: kernels.pack_bf16_columns(halves(panels), weights, stride, outputs, inputs)
        case .int8: preconditionFailure("gradients have no int8 products")
        }
    }

    // MARK: Rows

    /// Rows as a product reads them.
    struct Operand {
        fileprivate let values: UnsafeRawPointer
        /// Floats from row to row, of 32-bit rows alone: the others lie without gaps.
        fileprivate let stride: Int
        fileprivate let scales: UnsafePointer<Float>?
    }

    /// The bytes that prepared rows take; none where rows are read as they are.
    func operandBytes(rows: Int, inputs: Int) -> Int {
        switch precision {
        case .fp32: 0
        case .bf16: 2 * rows * (inputs + inputs % 2)
        case .int8: rows * Self.groups(inputs) * (Self.groupInputs + 4)
        }
    }

    /// What `prepare` has put, or puts, into `memory` of `operandBytes` for `rows` rows; of 32 bits x itself.
    func operand(
        _ x: UnsafePointer<Float>, stride: Int, rows: Int, inputs: Int, memory: UnsafeMutableRawPointer
    ) -> Operand {
        switch precision {
        case .fp32: Operand(values: UnsafeRawPointer(x), stride: stride, scales: nil)
        case .bf16: Operand(values: memory, stride: 0, scales: nil)
        case .int8:
            Operand(
                values: memory, stride: 0, scales: UnsafePointer(scales(memory, rows: rows, inputs: inputs)))
        }
    }

    /// Prepares the columns `columns` of the rows `part` of x, which has `rows` rows; columns start at a multiple of
    /// `groupInputs`.
    func prepare(
        _ x: UnsafePointer<Float>, stride: Int, rows: Int, part: Range<Int>, inputs: Int, columns: Range<Int>,
        memory: UnsafeMutableRawPointer
    ) {
        let from = x + part.lowerBound * stride + columns.lowerBound
        switch precision {
        case .fp32: break
        case .bf16:
            let padded = inputs + inputs % 2
            kernels.round_bf16(
                halves(memory) + part.lowerBound * padded + columns.lowerBound, padded, from, stride, part.count,
                columns.count)
        case .int8:
            let groups = Self.groups(inputs)
            let values = memory.assumingMemoryBound(to: UInt8.self)
            kernels.quantize_int8(
                values + part.lowerBound * groups * Self.groupInputs + columns.lowerBound, groups * Self.groupInputs,
                scales(memory, rows: rows, inputs: inputs) + part.lowerBound * groups
                    + columns.lowerBound / Self.groupInputs,
                groups, from, stride, part.count, columns.count)
        }
    }

    // MARK: Products

    /// y = base + x · weightsᵀ for the rows `part` of an operand and packed weights.
    ///
    /// - Parameter base: laid out as y, which it may be; nil for zeros.
    func multiply(
        _ y: UnsafeMutablePointer<Float>, stride: Int, _ x: Operand, part: Range<Int>, _ panels: UnsafeRawPointer,
        inputs: Int, outputs: Int, base: UnsafePointer<Float>? = nil
    ) {
        let y = y + part.lowerBound * stride
        let base = base.map { $0 + part.lowerBound * stride }
        switch precision {
        case .fp32:
            kernels.multiply_fp32(
                y, stride, x.values.assumingMemoryBound(to: Float.self) + part.lowerBound * x.stride, x.stride,
                panels.assumingMemoryBound(to: Float.self), part.count, inputs, outputs, base)
        case .bf16:
            kernels.multiply_bf16(
                y, stride,
                x.values.assumingMemoryBound(to: UInt16.self) + part.lowerBound * (inputs + inputs % 2),
                panels.assumingMemoryBound(to: UInt16.self), part.count, inputs, outputs, base)
        case .int8:
            guard let scales = x.scales else { preconditionFailure("int8 rows without scales") }
            let groups = Self.groups(inputs)
            kernels.multiply_int8(
                y, stride,
                x.values.assumingMemoryBound(to: UInt8.self) + part.lowerBound * groups * Self.groupInputs,
                scales + part.lowerBound * groups, panels.assumingMemoryBound(to: Int8.self), part.count, inputs,
                outputs, base)
        }
    }

    /// y = base + aᵀ · b for `rows` columns of a and `outputs` of b, each packed by `packColumns`; `inputs` are the rows of both, and
    /// y is [rows][outputs] at `stride`.
    ///
    /// - Parameter base: as in `multiply`.
    func multiplyPanels(
        _ y: UnsafeMutablePointer<Float>, stride: Int, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer, rows: Int,
        inputs: Int, outputs: Int, base: UnsafePointer<Float>? = nil
    ) {
        switch precision {
        case .fp32:
            kernels.multiply_panels_fp32(
                y, stride, a.assumingMemoryBound(to: Float.self), b.assumingMemoryBound(to: Float.self), rows, inputs,
                outputs, base)
        case .bf16:
            kernels.multiply_panels_bf16(
                y, stride, a.assumingMemoryBound(to: UInt16.self), b.assumingMemoryBound(to: UInt16.self), rows,
                inputs, outputs, base)
        case .int8: preconditionFailure("gradients have no int8 products")
        }
    }

    private static func groups(_ inputs: Int) -> Int { (inputs + groupInputs - 1) / groupInputs }

    private func scales(
        _ memory: UnsafeMutableRawPointer, rows: Int, inputs: Int
    ) -> UnsafeMutablePointer<Float> {
        (memory + rows * Self.groups(inputs) * Self.groupInputs).assumingMemoryBound(to: Float.self)
    }

    private func floats(_ memory: UnsafeMutableRawPointer) -> UnsafeMutablePointer<Float> {
        memory.assumingMemoryBound(to: Float.self)
    }

    private func halves(_ memory: UnsafeMutableRawPointer) -> UnsafeMutablePointer<UInt16> {
        memory.assumingMemoryBound(to: UInt16.self)
    }
}
