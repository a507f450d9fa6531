internal import Basics

/// The factors of a low-rank adapter, in one flat buffer: for each layer and target A [r][inputs] and then B [outputs][r].
///
/// Not `Sendable`: whoever trains it writes to it.
public final class Adapter {
    /// What it changes.
    public let settings: AdapterSettings
    /// The sizes of the model that it belongs to.
    public let shape: ModelShape
    /// Its factors' places, A and B of each place in turn.
    let tensors: [ParameterLayout.Tensor]
    /// The pairs, layer by layer, in the order of `settings.targets`.
    let pairs: [Pair]
    let parameters: FloatBuffer

    /// The two factors of one matrix.
    struct Pair {
        let layer: Int
        let target: AdapterTarget
        /// The matrix that they change, in the model's parameters.
        let matrix: ParameterLayout.Tensor
        /// The offsets of the factors in `parameters`.
        let a: Int
        let b: Int
    }

    /// An adapter that changes nothing yet: A is uniform within 1/√inputs, and B is 0.
    ///
    /// - Source: the initialisation of PEFT's LoRA layers.
    public convenience init(_ settings: AdapterSettings, shape: ModelShape, seed: UInt64) {
        self.init(settings, shape: shape)
        for pair in pairs {
            var generator = SeededGenerator(seed: seed, name: "adapter \(pair.matrix.name)")
            let bound = 1 / Float(pair.matrix.columns).squareRoot()
            for index in 0..<(settings.rank * pair.matrix.columns) {
                parameters.start[pair.a + index] = (2 * generator.nextUnitFloat() - 1) * bound
            }
        }
    }

    /// An adapter whose factors are all 0, to be filled.
    init(_ settings: AdapterSettings, shape: ModelShape) {
        self.settings = settings
        self.shape = shape
        let matrices = Dictionary(uniqueKeysWithValues: ParameterLayout(shape).tensors.map { ($0.name, $0) })
        var tensors: [ParameterLayout.Tensor] = []
        var pairs: [Pair] = []
        var end = 0
        func add(_ name: String, _ rows: Int, _ columns: Int) -> Int {
            tensors.append(.init(name: name, rows: rows, columns: columns, offset: end, isGain: false))
            defer { end += rows * columns }
            return end
        }
        for layer in 0..<shape.layerCount {
            for target in settings.targets {
                let name = "blk.\(layer).\(target.tensorName).weight"
                guard let matrix = matrices[name] else { preconditionFailure("a layer without \(name)") }
                let a = add("\(name).lora_a", settings.rank, matrix.columns)
                let b = add("\(name).lora_b", matrix.rows, settings.rank)
                pairs.append(Pair(layer: layer, target: target, matrix: matrix, a: a, b: b))
            }
        }
        self.tensors = tensors
        self.pairs = pairs
        parameters = FloatBuffer(count: end)
    }

    /// One layer's pairs.
    func pairs(of layer: Int) -> ArraySlice<Pair> {
        let count = settings.targets.count
        return pairs[(layer * count)..<((layer + 1) * count)]
    }

    /// The number of trainable numbers.
    public var parameterCount: Int { parameters.count }

    /// A copy of the factors, for comparisons: for each layer and target A [r][inputs] and then B [outputs][r].
    public var flatParameters: [Float] { Array(parameters.elements) }

    /// Sets the targets' weights in `merged` to those of `base` plus the factors' scaled products.
    ///
    /// Each matrix is one task, so the bits do not depend on the thread count.
    func merge(_ base: FloatBuffer, into merged: FloatBuffer, pool: ThreadPool) {
        pool.run(pairs.count) { index, _ in
            let pair = pairs[index]
            let target = merged.start + pair.matrix.offset
            target.update(from: base.start + pair.matrix.offset, count: pair.matrix.count)
            SmallProducts.multiply(
                target, pair.matrix.columns, parameters.start + pair.b, settings.rank, parameters.start + pair.a,
                pair.matrix.columns, rows: pair.matrix.rows, columns: pair.matrix.columns, inner: settings.rank,
                scale: settings.scale, adds: true)
        }
    }
}
