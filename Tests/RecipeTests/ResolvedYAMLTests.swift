import Recipe
import Testing

@Suite struct `The resolved recipe` {
    @Test func `of the least recipe is this text`() throws {
        let recipe = try Recipe(yaml: "stages: [{preference: {}}, {supervised: {}}, {evaluate: {}}]", file: "r.yaml")
        #expect(
            recipe.resolvedYAML() == """
                name: run
                seed: 1
                model:
                  new:
                    width: 128
                    layers: 4
                    heads: 4
                    key_value_heads: 4
                    feed_forward_width: 344
                    context_length: 256
                problems:
                  family: arithmetic
                  steps: [2, 4]
                  operands: [1, 9]
                  values: [0, 99]
                  style: symbols
                verification:
                  verifiers: [exact]
                  rule: first-that-decides
                services:
                  samplers: 2
                  generators: 1
                  verifiers: 1
                  advantages: 1
                  sampler:
                    slots: 64
                    threads: 1
                    precision: fp32
                  learner:
                    threads: 0
                    recompute_activations: false
                    precision: fp32
                hub:
                  durability: durable
                  lease_seconds: 10.0
                  hold_seconds: 600.0
                  heartbeat_seconds: 1.0
                  attempts: 3
                  problems_in_flight: 4096
                  fan_out_per_problem: 256
                  minimum_free_gigabytes: 2.0
                  keep_payloads: true
                  gone_seconds: 60.0
                stages:
                  - preference:
                      name: preference
                      rounds: 3
                      problems_per_round: 4096
                      problems: fresh
                      rollouts_per_problem: 8
                      temperature: 1.0
                      top_p: 1.0
                      top_k: 0
                      maximum_tokens: 160
                      answers: strict
                      curriculum: false
                      negatives_per_problem: 2
                      continuations_per_prefix: 5
                      wave: 5
                      pairs: first-pit
                      layout: next-step
                      values: monte-carlo
                      loss: dpo
                      beta: 0.5
                      chosen_likelihood_weight: 0.0
                      chosen_penalty: 0.0
                      positives_per_problem: 0
                      positives_weight: 1.0
                      learning_rate: 1e-05
                      warmup_updates: 0
                      schedule: constant
                      batch_size: 64
                      epochs: 1
                      gradient_clip: 1.0
                      weight_decay: 0.0
                      lora:
                        rank: 0
                        alpha: 32.0
                        targets: [q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj, down_proj]
                  - supervised:
                      name: supervised
                      problems: 12000
                      epochs: 8
                      batch_size: 64
                      learning_rate: 0.001
                      warmup_updates: 50
                      schedule: cosine
                      final_learning_rate_fraction: 0.0
                      weight_decay: 0.1
                      gradient_clip: 1.0
                      lora:
                        rank: 0
                        alpha: 32.0
                        targets: [q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj, down_proj]
                      checkpoint_every_updates: 100
                  - evaluate:
                      name: evaluate
                      problems: 5000
                      rollouts: 1
                      temperature: 0.0
                      maximum_tokens: 160
                      split: test
                      answers: strict

                """)
    }

    @Test(arguments: [
        "a.gguf", "with space.gguf", "#1.gguf", "a: b", "null", "true", "12", "1e5", "-", "~", "'", "\"quoted\"",
        "back\\slash", "tab\there", "line\nbreak", "ü/模型.gguf", "{a}", "*a", "&a", "!a", "%a", "a #b", " a ", "\u{85}",
    ])
    func `reads back as an equal recipe, whatever the path of the model`(path: String) throws {
        var recipe = Recipe()
        recipe.model = .file(path)
        recipe.stages = [.evaluate(EvaluateStage())]
        #expect(try Recipe(yaml: recipe.resolvedYAML(), file: "resolved") == recipe)
    }

    @Test func `reads back as an equal recipe with every value at its default`() throws {
        let recipe = try Recipe(yaml: "stages: [{preference: {}}, {supervised: {}}, {evaluate: {}}]", file: "r.yaml")
        #expect(try Recipe(yaml: recipe.resolvedYAML(), file: "resolved") == recipe)
    }

    @Test func `reads back as an equal recipe with no value at its default`() throws {
        let recipe = try Recipe(
            yaml: """
                {name: b, seed: 3, problems: {steps: [1, 1], operands: [3, 4], values: [-9, 9], style: words},
                verification: {verifiers: [exact, reader], rule: all-agree},
                model: {new: {width: 48, layers: 1, heads: 6, key_value_heads: 2, feed_forward_width: 99, context_length: 99}},
                services: {samplers: 0, generators: 2, verifiers: 3, advantages: 4, sampler: {slots: 5, threads: 6, precision: int8}, \
                learner: {threads: 7, recompute_activations: true, precision: bf16}},
                hub: {durability: process-crash, lease_seconds: 0.3, hold_seconds: 0.7, heartbeat_seconds: 0.1, \
                attempts: 9, problems_in_flight: 8, fan_out_per_problem: 77, minimum_free_gigabytes: 1.25, \
                keep_payloads: false, gone_seconds: 3},
                stages: [{supervised: {name: s, problems: 1, epochs: 2, batch_size: 3, learning_rate: 0.1, \
                warmup_updates: 4, schedule: constant, final_learning_rate_fraction: 0.3, weight_decay: 0.2, \
                gradient_clip: 0.7, lora: {rank: 2, alpha: 3, targets: [down_proj]}, \
                checkpoint_every_updates: 5}}, \
                {preference: {name: p, rounds: 1, problems_per_round: 2, rollouts_per_problem: 30, temperature: 0.9, \
                top_p: 0.95, top_k: 4, maximum_tokens: 50, answers: stated, curriculum: true, negatives_per_problem: 6, continuations_per_prefix: 8, wave: 7, \
                pairs: random, layout: paper-1, chosen_penalty: 5, beta: 0.1, learning_rate: 3e-7, warmup_updates: 8, schedule: cosine, batch_size: 9, \
                epochs: 10, gradient_clip: 11, \
                weight_decay: 0.12, chosen_likelihood_weight: 0.13, positives_per_problem: 14, positives_weight: 0.15, \
                lora: {rank: 4, alpha: 5, targets: [v_proj, q_proj]}}}, \
                {evaluate: {name: e, problems: 1, rollouts: 2, temperature: 0.3, maximum_tokens: 40, split: train, \
                answers: last-number}}]}
                """, file: "r.yaml")
        let text = recipe.resolvedYAML()
        let again = try Recipe(yaml: text, file: "resolved")
        #expect(again == recipe)
        #expect(again.resolvedYAML() == text)

        // Every line differs from the default's, so a key that prints a constant, or another key's value, is seen.
        let presets = try Recipe(yaml: "stages: [{supervised: {}}, {preference: {}}, {evaluate: {}}]", file: "r.yaml")
        let pairs = zip(text.split(separator: "\n"), presets.resolvedYAML().split(separator: "\n"))
        let same = pairs.filter { $0 == $1 && $0.contains(": ") }.map { String($0.0) }
        // Another family would leave the keys of arithmetic out, only another family has exact values, a curriculum chooses problems, and
        // another loss has keys of its own.
        #expect(
            same == [
                "  family: arithmetic", "      problems: fresh", "      values: monte-carlo", "      loss: dpo",
            ])
    }

    @Test func `reads back as an equal recipe with no value of unlearning at its default`() throws {
        let recipe = try Recipe(
            yaml: """
                base_model: other.gguf
                stages: [{preference: {loss: unlearning, forgetting_weight: 0.02, replay_weight: 0.5, \
                retention_weight: 3}}]
                """, file: "r.yaml")
        let text = recipe.resolvedYAML()
        #expect(try Recipe(yaml: text, file: "resolved") == recipe)
        for line in [
            "base_model: other.gguf", "      loss: unlearning", "      forgetting_weight: 0.02",
            "      replay_weight: 0.5",
            "      retention_weight: 3.0",
        ] { #expect(text.contains("\n\(line)\n"), "\(line)") }
    }

    /// Two stages, because no method has a use for all keys.
    @Test func `reads back as an equal recipe with no value of reinforcement at its default`() throws {
        let common = """
            rounds: 1, problems_per_round: 2, rollouts_per_problem: 30, temperature: 0.9, top_p: 0.95, top_k: 4, \
            maximum_tokens: 50, answers: stated, curriculum: true, surveyed_per_problem: 3, continuations_per_prefix: 6, alpha: 2, \
            truncated: dropped, beta: 0.2, maximum_weight: 5, self_normalised: true, divergence_weight: 0.5, correction: masked, \
            correction_maximum: 3, correction_minimum: 0.25, mask_bound: 0.1, learning_rate: 3e-7, warmup_updates: 8, \
            schedule: cosine, batch_size: 9, epochs: 10, gradient_clip: 11, weight_decay: 0.12, \
            lora: {rank: 4, alpha: 5, targets: [v_proj, q_proj]}
            """
        let recipe = try Recipe(
            yaml: """
                stages: [{reinforcement: {name: r, method: dapo, overlong_tokens: 7, clip_lower: 0.1, clip_upper: 0.3, clip_dual: 4, \
                \(common)}}, {reinforcement: {name: s, method: cispo, overlong_tokens: 7, ratio_cap: 8, \(common)}}]
                """, file: "r.yaml")
        let text = recipe.resolvedYAML()
        #expect(try Recipe(yaml: text, file: "resolved") == recipe)
        let preset = Self.stage(try Recipe(yaml: "stages: [{reinforcement: {}}]", file: "r.yaml").resolvedYAML())
        // What has no default of its own is not written, and only one of the stages would take the problems that are taught.
        #expect(preset.count == 34)
        #expect(Self.stage(text).count == 2 * 34 + 4 + 2)
        #expect(Set(Self.stage(text)).intersection(preset) == ["      problems: fresh"])
    }

    @Test func `reads back as an equal recipe with no value of rejection sampling at its default`() throws {
        let recipe = try Recipe(
            yaml: """
                stages: [{rejection_sampling: {name: r, rounds: 2, problems_per_round: 2, problems: fresh, rollouts_per_problem: 30, \
                temperature: 0.9, top_p: 0.95, top_k: 4, maximum_tokens: 50, answers: stated, curriculum: true, \
                solutions_per_problem: 3, distinct: equations, start: newest, learning_rate: 3e-7, warmup_updates: 8, \
                schedule: constant, batch_size: 9, epochs: 10, gradient_clip: 11, weight_decay: 0.12, \
                lora: {rank: 4, alpha: 5, targets: [v_proj, q_proj]}}}]
                """, file: "r.yaml")
        let text = recipe.resolvedYAML()
        #expect(try Recipe(yaml: text, file: "resolved") == recipe)
        // Its own problems are those that were taught, and none were.
        let preset = Self.stage(
            try Recipe(yaml: "stages: [{rejection_sampling: {problems: fresh}}]", file: "r.yaml").resolvedYAML())
        #expect(Self.stage(text).count == 24 && preset.count == 24)
        #expect(Set(Self.stage(text)).intersection(preset) == ["      problems: fresh"])
    }

    /// The keys of the stages, a line each.
    private static func stage(_ text: String) -> [String] {
        text.split(separator: "\n").map(String.init).drop { $0 != "stages:" }.filter { $0.contains(": ") }
    }

    @Test func `reads back as an equal recipe with the dials of another family`() throws {
        let recipe = try Recipe(
            yaml: """
                problems: {family: puzzle, dials: {operations: "+-*/", numbers: [3, 5], bound: 900, integers: 7}}
                stages: [{preference: {values: exact}}, {evaluate: {split: range-shift}}]
                """, file: "r.yaml")
        let text = recipe.resolvedYAML()
        #expect(
            text.contains(
                """
                problems:
                  family: puzzle
                  dials:
                    bound: 900
                    integers: 7
                    numbers: [3, 5]
                    operations: "+-*/"
                verification:

                """))
        #expect(text.contains("      values: exact\n") && text.contains("      split: range-shift\n"))
        #expect(try Recipe(yaml: text, file: "resolved") == recipe)
    }
}
