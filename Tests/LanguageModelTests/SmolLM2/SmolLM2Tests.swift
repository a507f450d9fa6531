import CKernels
import Foundation
import Testing
import Tokenization

@testable import LanguageModel

@Suite(.enabled(if: SmolLM2.isHere, "\(SmolLM2.remedy)"), .serialized)
struct `SmolLM2 as PyTorch computes it` {
    private let model: Model

    init() throws {
        model = try SmolLM2.model.get()
    }

    /// One more name for a tensor: PyTorch's, without the ending.
    private static func torchName(_ name: String) -> String {
        let parts = name.split(separator: ".").map(String.init)
        guard parts[0] == "blk" else {
            return ["token_embd": "model.embed_tokens", "output_norm": "model.norm"][parts[0]] ?? name
        }
        let names = [
            "attn_q": "self_attn.q_proj", "attn_k": "self_attn.k_proj", "attn_v": "self_attn.v_proj",
            "attn_output": "self_attn.o_proj", "ffn_gate": "mlp.gate_proj", "ffn_up": "mlp.up_proj",
            "ffn_down": "mlp.down_proj", "attn_norm": "input_layernorm", "ffn_norm": "post_attention_layernorm",
        ]
        return "model.layers.\(parts[1]).\(names[parts[2]] ?? parts[2])"
    }

    private func batch(_ reference: SmolLM2Reference) -> PackedBatch {
        let prompt = reference.prompts[reference.continuation.promptIndex].tokenIDs
        return PackedBatch([TokenSequence(prompt: prompt, continuation: reference.continuation.tokenIDs)])
    }

    private func trainer(adapter: Adapter? = nil, rate: Float = 1e-5) -> Trainer {
        Trainer(
            model: model,
            settings: AdamW(
                schedule: LearningRateSchedule(peak: rate), beta2: 0.999, weightDecay: 0.1, gradientNormLimit: nil),
            adapter: adapter, threadCount: 2)
    }

    private func expect(_ found: [Float], _ expected: [Float], within tolerance: Float) {
        #expect(found.count == expected.count)
        let worst = zip(found, expected).map { abs($0 - $1) }.max() ?? .infinity
        #expect(worst <= tolerance, "the largest difference is \(worst)")
    }

    private func norm(_ values: ArraySlice<Float>) -> Double {
        values.withUnsafeBufferPointer { Kernels.best.sum_of_squares($0.baseAddress!, $0.count) }.squareRoot()
    }

    // MARK: Weights and tokens

    @Test(arguments: SmolLM2.references)
    func `weights are those of the quantised file`(file: URL) throws {
        let reference = try SmolLM2Reference(file)
        let parameters = model.flatParameters
        var seen = 0
        for tensor in ParameterLayout(model.shape).tensors {
            guard let expected = reference.weights[Self.torchName(tensor.name) + ".weight"] else { continue }
            seen += 1
            let values = parameters[tensor.range]
            let sum = values.reduce(0.0) { $0 + Double($1) }
            let squares = norm(values) * norm(values)
            #expect(abs(sum - expected.sum) < 1e-5 * abs(expected.sum) + 0.01, "\(tensor.name): \(sum)")
            #expect(abs(squares - expected.sumsq) < 1e-5 * expected.sumsq, "\(tensor.name): \(squares)")
            // Row 0 is row 0 in both orders of the rotary pairs.
            expect(Array(values.prefix(4)), expected.first4, within: 1e-6)
        }
        #expect(seen == reference.weights.count)
    }

    @Test(arguments: SmolLM2.references)
    func `prompts have the reference's tokens`(file: URL) throws {
        let reference = try SmolLM2Reference(file)
        for prompt in reference.prompts { #expect(model.tokenizer.prompt(for: prompt.user) == prompt.tokenIDs) }
        for (text, tokens) in reference.tokenizer ?? [:] {
            #expect(model.tokenizer.encode(text, parsesSpecialTokens: true) == tokens, "\(text)")
        }
    }

    // MARK: Values

    /// 2e-4 of each logit, and of 1 for those near 0.
    @Test(arguments: SmolLM2.references)
    func `logits agree`(file: URL) throws {
        let reference = try SmolLM2Reference(file)
        let transformer = Transformer(
            shape: model.shape, parameters: model.parameters, precision: .fp32, packing: .onTheWay, threadCount: 2)
        let pass = ForwardPass(transformer, keeping: .nothing)
        for prompt in reference.prompts {
            let batch = PackedBatch([TokenSequence(prompt: prompt.tokenIDs, continuation: [0])])
            _ = pass.logProbabilities(PackedRows(batch))
            let logits = Array(pass.head.logits.elements.prefix(model.shape.vocabularySize))
            for (found, expected) in zip(logits, prompt.pytorch.first16) {
                #expect(abs(found - expected) <= 2e-4 * max(abs(expected), 1), "\(found) for \(expected)")
            }
            #expect(logits.indices.max { logits[$0] < logits[$1] } == prompt.pytorch.argmax)
            let logSum = pass.head.logSums.start[0]
            #expect(abs(logSum - prompt.pytorch.logsumexp) <= 2e-4 * prompt.pytorch.logsumexp)
        }
    }

    @Test(arguments: SmolLM2.references)
    func `greedy solutions are the same, and their log-probabilities are the scorer's to the bit`(file: URL) throws {
        let reference = try SmolLM2Reference(file)
        let batch = ContinuousBatch(model: model, slotCount: 2, threadCount: 2)
        let settings = try DecodingSettings(temperature: 0, maximumNewTokens: 32)
        for prompt in reference.prompts {
            try batch.submit(RolloutRequest(prompt: prompt.tokenIDs, seeds: [1], settings: settings))
        }
        var rollouts: [DecodedRollout] = []
        while !batch.isEmpty { rollouts += batch.step() }
        rollouts.sort { $0.request < $1.request }
        for (rollout, prompt) in zip(rollouts, reference.prompts) {
            // The reference goes on after the end of the answer.
            #expect(rollout.tokens == Array(prompt.greedy.prefix(rollout.tokens.count)))
            #expect(rollout.finish == .endOfSequence || rollout.tokens.count == 32)
        }
        let packed = PackedBatch(
            zip(rollouts, reference.prompts).map { TokenSequence(prompt: $1.tokenIDs, continuation: $0.tokens) })
        let scored = try Scorer(model: model, threadCount: 1).logProbabilities(of: packed)
        #expect(bits(rollouts.map(\.logProbabilities)) == bits(scored))
    }

    @Test(arguments: SmolLM2.references)
    func `a continuation's log-probabilities agree`(file: URL) throws {
        let reference = try SmolLM2Reference(file)
        let found = try Scorer(model: model, threadCount: 2).logProbabilities(of: batch(reference))[0]
        expect(found, reference.continuation.logProbabilities, within: 1e-3)
    }

    /// What a sampler of another precision records, and what a learner of 32 bits makes of it: small, and what a stage's correction
    /// is for. The mean of the differences estimates the divergence of the one policy from the other.
    @Test(arguments: SmolLM2.references, [(Precision.bf16, 0.05), (.int8, 0.2)])
    func `narrow samplers' log-probabilities are near those of 32 bits`(
        file: URL, narrow: (precision: Precision, most: Double)
    ) throws {
        let prompts = try SmolLM2Reference(file).prompts
        let batch = ContinuousBatch(model: model, slotCount: 64, precision: narrow.precision, threadCount: 2)
        let settings = try DecodingSettings(maximumNewTokens: 24)
        for prompt in prompts {
            try batch.submit(
                RolloutRequest(prompt: prompt.tokenIDs, seeds: (0..<16).map { UInt64($0) }, settings: settings))
        }
        var rollouts: [DecodedRollout] = []
        while !batch.isEmpty { rollouts += batch.step() }
        let packed = PackedBatch(
            rollouts.map { TokenSequence(prompt: prompts[$0.request].tokenIDs, continuation: $0.tokens) })
        let learner = try Scorer(model: model, threadCount: 2).logProbabilities(of: packed).joined()
        let differences = zip(rollouts.map(\.logProbabilities).joined(), learner).map { Double($0 - $1) }
        let size = differences.reduce(0) { $0 + abs($1) } / Double(differences.count)
        let divergence = differences.reduce(0, +) / Double(differences.count)
        print(
            "\(narrow.precision): \(differences.count) tokens, a mean difference of \(size), of \(divergence) with its sign"
        )
        #expect(size > 0 && size < narrow.most)
        #expect(abs(divergence) < narrow.most / 2)
    }

    // MARK: Training

    @Test(arguments: SmolLM2.references, [false, true])
    func `gradients agree, whether activations are kept or computed again`(file: URL, recomputes: Bool) throws {
        let reference = try SmolLM2Reference(file)
        let trainer = Trainer(
            model: model, settings: AdamW(schedule: LearningRateSchedule(peak: 1e-5)),
            recomputesActivations: recomputes,
            threadCount: 2)
        try trainer.accumulate(batch(reference)) { $0.map { $0.map { _ in -1 } } }
        let gradients = trainer.accumulatedGradients
        check(reference.gradients) { name in
            ParameterLayout(model.shape).tensors.filter { Self.torchName($0.name) == name }.map { gradients[$0.range] }
        }
        #expect(abs(norm(gradients[...]) - reference.gradients.total) <= 1e-3 * reference.gradients.total)
    }

    /// Compares each parameter's norm and each group's, the last word of the names, within a thousandth.
    private func check(_ reference: SmolLM2Reference.Gradients, _ parts: (String) -> [ArraySlice<Float>]) {
        var squares: [String: Double] = [:]
        for (name, expected) in reference.parameters {
            let found = parts(name)
            #expect(found.count == 1, "\(name) is one tensor")
            let value = found.first.map(norm) ?? .nan
            #expect(abs(value - expected) <= 1e-3 * expected, "\(name): \(value) for \(expected)")
            let group = name.split(separator: ".").last.map(String.init) ?? name
            squares[
                name.contains("lora") ? name.split(separator: ".").suffix(2).joined(separator: ".") : group, default: 0] +=
                value * value
        }
        for (group, expected) in reference.groups {
            let value = squares[group]?.squareRoot() ?? .nan
            #expect(abs(value - expected) <= 1e-3 * expected, "\(group): \(value) for \(expected)")
        }
    }

    @Test(arguments: SmolLM2.references)
    func `the loss after one update agrees`(file: URL) throws {
        let reference = try SmolLM2Reference(file)
        // What the update does with norms and weight decay changes the loss by less than the tolerance.
        let expected = try #require(
            reference.lossAfterOneStep.filter { $0.key.hasPrefix("adamw lr=1e-5 b1=.9 b2=.999") }.map(\.value).min())
        let trainer = trainer()
        try trainer.accumulate(batch(reference)) { $0.map { $0.map { _ in -1 } } }
        _ = trainer.update()
        let loss = -(try trainer.logProbabilities(of: batch(reference))[0].reduce(0, +))
        #expect(abs(loss - expected) <= 1e-4 * expected, "\(loss) for \(expected)")
    }

    @Test func `an adapter's values and gradients are PEFT's`() throws {
        let reference = try SmolLM2Reference(SmolLM2.references[0])
        let expected = try #require(reference.adapter)
        let targets = try expected.targets.map { try #require(AdapterTarget(rawValue: $0)) }
        let adapter = Adapter(
            try AdapterSettings(rank: expected.rank, alpha: expected.alpha, targets: Set(targets)), shape: model.shape)
        for pair in adapter.pairs { fill(adapter, pair) }
        let trainer = trainer(adapter: adapter)
        let found = try trainer.accumulate(batch(reference)) { $0.map { $0.map { _ in -1 } } }[0]
        expect(found, expected.logProbabilities, within: 1e-3)
        let gradients = trainer.accumulatedGradients
        check(expected.gradients) { name in
            adapter.tensors.filter { tensor in
                let factor = tensor.name.hasSuffix("lora_a") ? "lora_A" : "lora_B"
                return Self.torchName(tensor.name) + "." + factor == name
            }.map { gradients[$0.range] }
        }
    }

    /// The closed formula that the reference's script has for the factors; its rows of B are in Hugging Face's order.
    private func fill(_ adapter: Adapter, _ pair: Adapter.Pair) {
        let (rank, layer) = (adapter.settings.rank, Double(pair.layer))
        for row in 0..<rank {
            for column in 0..<pair.matrix.columns {
                let value = 0.02 * sin(0.7 * Double((row + 1) * (column + 1)) + layer)
                adapter.parameters.start[pair.a + row * pair.matrix.columns + column] = Float(value)
            }
        }
        let head = model.shape.headWidth
        for row in 0..<pair.matrix.rows {
            // Half-split pairs (i, i + D/2) there are neighbours (2i, 2i + 1) here.
            let place = row % head
            let there =
                pair.target == .query || pair.target == .key
                ? row - place + place / 2 + (place % 2) * head / 2 : row
            for column in 0..<rank {
                let value = 0.02 * cos(0.3 * Double((there + 1) * (column + 1)) + layer)
                adapter.parameters.start[pair.b + row * rank + column] = Float(value)
            }
        }
    }
}
