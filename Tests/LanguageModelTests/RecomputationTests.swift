import Testing

@testable import LanguageModel

@Suite struct `Recomputing activations` {
    @Test(
        arguments: TestShapes.all + [TestShapes.shape(width: 32, layers: 5, heads: 4, keyValueHeads: 2, inner: 48)],
        [Precision.fp32, .bf16])
    func `gives the same gradients to the bit`(shape: ModelShape, precision: Precision) throws {
        let model = try testModel(shape)
        let found = try [false, true].map { recomputes in
            let trainer = Trainer(
                model: model, settings: AdamW(schedule: LearningRateSchedule(peak: 1e-3)),
                recomputesActivations: recomputes, precision: precision, threadCount: 2)
            // Another batch before, so that what it left behind would show.
            for seed in [41, 42] as [UInt64] {
                try trainer.accumulate(randomBatch(6, lengths: 3...40, seed: seed)) { $0.map { $0.map { _ in -0.1 } } }
            }
            return bits(trainer.accumulatedGradients)
        }
        #expect(found[0] == found[1])
        #expect(found[0].contains { $0 != 0 })
    }

    @Test func `takes a fraction of the memory of a deep model`() {
        let shape = TestShapes.shape(width: 576, layers: 30, heads: 9, keyValueHeads: 3, inner: 1536)
        let all = Activations.floatsPerRow(shape, keeping: .everything)
        let inputs = Activations.floatsPerRow(shape, keeping: .layerInputs)
        #expect(inputs * 6 < all)
    }
}
