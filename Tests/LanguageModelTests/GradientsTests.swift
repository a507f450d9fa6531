import Basics
import Testing

@testable import LanguageModel

@Suite struct `Backward pass` {
    /// Central differences of the double-precision reference are exact to about 1e-8; what remains is single precision.
    @Test(arguments: TestShapes.all)
    func `every tensor's gradient is the finite difference of the reference`(shape: ModelShape) throws {
        let model = try testModel(shape, seed: 2)
        let batch = randomBatch(3, lengths: 3...22, seed: 21)
        let weights = batch.sequences.enumerated().map { index, sequence in
            randomFloats(sequence.targets.count, seed: UInt64(index))
        }
        let trainer = plainTrainer(model)
        try trainer.accumulate(batch) { _ in weights }
        let gradient = trainer.accumulatedGradients
        var reference = ReferenceTransformer(model)
        func loss() -> Double {
            zip(weights, reference.logProbabilities(batch)).reduce(0) { sum, pair in
                sum + zip(pair.0, pair.1).reduce(0) { $0 + Double($1.0) * $1.1 }
            }
        }
        var generator = SeededGenerator(seed: 3, name: "places")
        for tensor in ParameterLayout(shape).tensors {
            let size = (gradient[tensor.range].map { $0 * $0 }.reduce(0, +) / Float(tensor.count)).squareRoot()
            #expect(size > 0, "\(tensor.name) has no gradient")
            // Of the embedding only the rows of the batch's tokens tell anything about the input side.
            var places = (0..<thorough(4, few: 1)).map { _ in Int.random(in: tensor.range, using: &generator) }
            if tensor.name == "token_embd.weight" {
                places += (0..<thorough(4, few: 1)).map {
                    tensor.offset + Int(batch.sequences[0].tokens[0]) * shape.width + 3 * $0
                }
            }
            for place in places {
                let kept = reference.parameters[place]
                let step = 1e-5
                reference.parameters[place] = kept + step
                let above = loss()
                reference.parameters[place] = kept - step
                let below = loss()
                reference.parameters[place] = kept
                let difference = (above - below) / (2 * step)
                #expect(
                    abs(Double(gradient[place]) - difference) < 2e-4 * (Double(size) + abs(difference)),
                    "\(tensor.name)[\(place - tensor.offset)]: \(gradient[place]), expected \(difference)")
            }
        }
    }

    @Test func `a packed batch's gradient is the sum of its sequences' gradients`() throws {
        let model = try testModel(TestShapes.grouped)
        let batch = randomBatch(12, lengths: 3...60, seed: 22)
        let together = plainTrainer(model)
        try together.accumulate(batch) { $0.map { $0.map { $0 * 0.1 } } }
        let apart = plainTrainer(model)
        for sequence in batch.sequences {
            try apart.accumulate(PackedBatch([sequence])) { $0.map { $0.map { $0 * 0.1 } } }
        }
        let (a, b) = (together.accumulatedGradients, apart.accumulatedGradients)
        let size = (a.map { $0 * $0 }.reduce(0, +) / Float(a.count)).squareRoot()
        for (x, y) in zip(a, b) { #expect(abs(x - y) < 1e-4 * (size + abs(x))) }
    }

    @Test(arguments: [TestShapes.main, TestShapes.grouped])
    func `gradients have the same bits on one, two and three threads`(shape: ModelShape) throws {
        let model = try testModel(shape)
        let batch = randomBatch(30, lengths: 3...60, seed: 23)
        let found = try [1, 2, 3].map { threads in
            let trainer = plainTrainer(model, threads: threads)
            try trainer.accumulate(batch) { $0.map { $0.map { _ in -0.01 } } }
            return bits(trainer.accumulatedGradients)
        }
        #expect(found[0] == found[1])
        #expect(found[0] == found[2])
    }

    /// What bf16 rounds away: each operand keeps 8 bits, so that directions stay within a few degrees and lengths within hundredths.
    @Test(arguments: [TestShapes.main, TestShapes.grouped, TestShapes.tails])
    func `gradients with bf16 products point where those of 32 bits do`(shape: ModelShape) throws {
        let model = try Model.random(shape: shape, seed: 5)
        let batch = randomBatch(30, lengths: 3...60, seed: 25)
        let found = try [Precision.fp32, .bf16].map { precision in
            let trainer = Trainer(
                model: model, settings: AdamW(schedule: LearningRateSchedule(peak: 1)), precision: precision,
                threadCount: 2)
            try trainer.accumulate(batch) { $0.map { $0.map { _ in -0.01 } } }
            return trainer.accumulatedGradients
        }
        for tensor in ParameterLayout(shape).tensors {
            func sum(_ a: [Float], _ b: [Float]) -> Double {
                tensor.range.reduce(0) { $0 + Double(a[$1]) * Double(b[$1]) }
            }
            let (exact, rounded) = (sum(found[0], found[0]).squareRoot(), sum(found[1], found[1]).squareRoot())
            let cosine = sum(found[0], found[1]) / (exact * rounded)
            #expect(cosine > 0.995 && cosine < 1, "\(tensor.name): cosine \(cosine)")
            #expect(abs(rounded / exact - 1) < 0.02, "\(tensor.name): \(rounded) for \(exact)")
        }
    }

    @Test func `an objective that returns another number of weights is refused`() throws {
        let trainer = plainTrainer(try testModel(TestShapes.tails))
        let batch = randomBatch(2, lengths: 5...9, seed: 24)
        #expect(throws: LanguageModelError.self) { try trainer.accumulate(batch) { [$0[0]] } }
        #expect(trainer.accumulatedGradients.allSatisfy { $0 == 0 })
    }
}
