import Basics
import CKernels
import Testing
import Tokenization

@testable import LanguageModel

/// Shapes that exercise every width class of the loops: full vectors, tails, odd groups.
enum TestShapes {
    static func shape(
        vocabulary: Int = 257, context: Int = 64, width: Int, layers: Int, heads: Int, keyValueHeads: Int, inner: Int,
        ties: Bool = true
    ) -> ModelShape {
        do {
            return try ModelShape(
                vocabularySize: vocabulary, contextLength: context, width: width, layerCount: layers, headCount: heads,
                keyValueHeadCount: keyValueHeads, feedForwardWidth: inner, tiesEmbeddings: ties)
        } catch {
            preconditionFailure("a test's shape is wrong: \(error)")
        }
    }

    static let grouped = shape(width: 32, layers: 2, heads: 4, keyValueHeads: 2, inner: 48)
    static let tails = shape(width: 20, layers: 2, heads: 2, keyValueHeads: 1, inner: 13, ties: false)
    static let wideHead = shape(width: 164, layers: 1, heads: 2, keyValueHeads: 2, inner: 24)
    static let main = shape(context: 256, width: 128, layers: 2, heads: 4, keyValueHeads: 4, inner: 344)
    static let all = [grouped, tails, wideHead]
}

/// A model whose parameters are large enough for every part to matter.
func testModel(_ shape: ModelShape, tokenizer: Tokenizer = .bytes, seed: UInt64 = 1) throws -> Model {
    let model = try Model.random(shape: shape, tokenizer: tokenizer, seed: seed)
    let layout = ParameterLayout(shape)
    for tensor in layout.tensors {
        var generator = SeededGenerator(seed: seed, name: "scale \(tensor.name)")
        for index in tensor.range {
            if tensor.isGain {
                model.parameters.start[index] = 0.5 + generator.nextUnitFloat()
            } else {
                model.parameters.start[index] *= 8
            }
        }
    }
    return model
}

/// Sequences of random bytes, with targets that start at random places.
func randomBatch(_ count: Int, lengths: ClosedRange<Int>, seed: UInt64) -> PackedBatch {
    var generator = SeededGenerator(seed: seed, name: "batch")
    return PackedBatch(
        (0..<count).map { _ in
            let length = Int.random(in: lengths, using: &generator)
            let tokens = (0..<length).map { _ in Token.random(in: 0..<257, using: &generator) }
            let first = Int.random(in: 1..<length, using: &generator)
            return TokenSequence(
                tokens: tokens, targets: first..<Int.random(in: (first + 1)...length, using: &generator))
        })
}

/// An instruction set of this machine; on the best one nothing less would be tested otherwise.
struct KernelChoice: Sendable, CustomTestStringConvertible {
    let index: Int
    var set: Kernels { Kernels.available[index] }
    var testDescription: String { self.set.label }

    static let all = Kernels.available.indices.map(KernelChoice.init)
}

/// The bits of floats, for comparisons that may not be lenient.
func bits(_ values: [Float]) -> [UInt32] { values.map(\.bitPattern) }
func bits(_ values: [[Float]]) -> [[UInt32]] { values.map(bits) }

func randomFloats(_ count: Int, seed: UInt64, scale: Float = 1) -> [Float] {
    var generator = SeededGenerator(seed: seed, name: "floats")
    return (0..<count).map { _ in (2 * generator.nextUnitFloat() - 1) * scale }
}

/// `full` in optimised builds, `few` in debug builds, where plain loops in double precision take fifty times as long.
func thorough<T>(_ full: T, few: T) -> T {
    #if DEBUG
        few
    #else
        full
    #endif
}
