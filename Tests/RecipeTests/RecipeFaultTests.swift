import Recipe
import Testing

/// The faults of a text; empty when it reads.
func faults(_ yaml: String, _ overrides: String...) -> [String] {
    do throws(RecipeError) {
        _ = try Recipe(yaml: yaml, file: "r.yaml", overrides: overrides)
        return []
    } catch {
        return error.faults.map(\.description)
    }
}

@Suite struct `A fault of a recipe` {
    @Test(arguments: [
        // Unknown keys, at every depth.
        ("sed: 1\nstages: [evaluate: {}]", "r.yaml:1:1: A recipe has no key sed. Did you mean seed?"),
        (
            "hub:\n  lease_second: 3\nstages: [evaluate: {}]",
            "r.yaml:2:3: hub has no key lease_second. Did you mean lease_seconds?"
        ),
        (
            "stages:\n- evaluate: {}\n- preference:\n    betta: 1",
            "r.yaml:4:5: stages.1.preference has no key betta. Did you mean beta?"
        ),
        (
            "stages: [{evaluate: {}}]\nservices: {learner: {quantum: 1}}",
            "r.yaml:2:22: services.learner has no key quantum. Choose among threads, recompute_activations, precision."
        ),
        (
            "stages: [supervised: {lora: {targets: [q_proj, q_proj]}}]",
            "r.yaml:1:39: stages.0.supervised.lora.targets must be a list of some of q_proj, k_proj, v_proj, o_proj, "
                + "gate_proj, up_proj, down_proj; got [q_proj, q_proj]. Matrices of each layer that have factors; all of "
                + "them come closest to training all weights. The default is "
                + "[q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj, down_proj]."
        ),
        ("stages: [{evaluat: {}}]", "r.yaml:1:11: stages.0 has no key evaluat. Did you mean evaluate?"),
        // Keys that exclude one another.
        (
            "problems: {family: arithmetic, file: a, test_file: b}\nstages: [evaluate: {}]",
            "r.yaml:1:11: problems must have only keys among family, dials, steps, operands, values, style, or file, "
                + "test_file, sha256, test_sha256; got family and file."
        ),
        (
            "problems:\n  file: a\nstages: [evaluate: {}]",
            "r.yaml:2:9: problems.file must go with both file and test_file: what is evaluated on is never trained on. "
                + "Give both."
        ),
        (
            "problems: {test_sha256: \(String(repeating: "a", count: 64))}\nstages: [evaluate: {}]",
            "r.yaml:1:25: problems.test_sha256 must go with both file and test_file: what is evaluated on is never "
                + "trained on. Give both."
        ),
        (
            "problems: {file: a, test_file: a}\nstages: [evaluate: {}]",
            "r.yaml:1:32: problems.test_file must be another file than file: what is evaluated on is never trained on. "
                + "Name another one."
        ),
        (
            "problems: {file: a, test_file: b, sha256: \(String(repeating: "A", count: 64))}\nstages: [evaluate: {}]",
            "r.yaml:1:43: problems.sha256 must be 64 hexadecimal digits, 0 to 9 and a to f; got "
                + "\(String(repeating: "A", count: 60))…. The SHA-256 of `file`: a run with another file is refused. Filled in "
                + "at the start of the run."
        ),
        // Wrong types.
        (
            "seed: \"1\"\nstages: [evaluate: {}]",
            "r.yaml:1:7: seed must be an integer from 0 to 18446744073709551615; got the text \"1\". "
                + "Everything that is drawn at random follows from it. The default is 1."
        ),
        (
            "hub: {attempts: many}\nstages: [evaluate: {}]",
            "r.yaml:1:17: hub.attempts must be an integer from 1 to 100; got many. Lost or failed leases after which an "
                + "item is a dead letter and the run goes on without it. The default is 3."
        ),
        (
            "hub: {keep_payloads: yes}\nstages: [evaluate: {}]",
            "r.yaml:1:22: hub.keep_payloads must be true or false; got yes. Whether traces of closed stages "
                + "show training's requests, rollouts and searches, which takes disk. The default is true."
        ),
        (
            "problems: {steps: [3, 2]}\nstages: [evaluate: {}]",
            "r.yaml:1:19: problems.steps must be [low, high], two integers with 1 ≤ low ≤ high ≤ 64; got [3, 2]. "
                + "Steps of the reference solution; more steps are harder. The default is [2, 4]."
        ),
        (
            "problems: {style: prose}\nstages: [evaluate: {}]",
            "r.yaml:1:19: problems.style must be one of symbols, words, mixed; got prose. Questions told in symbols, in "
                + "words, or half and half. The default is symbols."
        ),
        (
            "services: {learner: 2}\nstages: [evaluate: {}]",
            "r.yaml:1:21: services.learner must be a section with keys among threads, recompute_activations, precision; got "
                + "2."
        ),
        (
            "stages: {evaluate: {}}",
            "r.yaml:1:9: stages must be a list; got a mapping with the keys evaluate. What the run does, in order: each "
                + "element is one stage."
        ),
        (
            "name: 1st\nstages: [evaluate: {}]",
            "r.yaml:1:7: name must be a letter, then at most 63 letters, digits, - or _; got 1st. What the run is called "
                + "in logs. The default is run."
        ),
        // Choices.
        (
            "stages:\n- evaluate: {}\n  supervised: {}",
            "r.yaml:2:3: stages.0 must have exactly one of the keys supervised, rejection_sampling, preference, reinforcement, evaluate; got evaluate and "
                + "supervised."
        ),
        (
            "model: {from: a.gguf, new: {}}\nstages: [evaluate: {}]",
            "r.yaml:1:8: model must have exactly one of the keys from, new; got from and new."
        ),
        (
            "model:\nstages: [evaluate: {}]",
            "r.yaml:1:7: model must have exactly one of the keys from, new; got none."
        ),
        // Dials, splits and values.
        (
            "problems: {dials: {a: [1, 2, 3]}}\nstages: [evaluate: {}]",
            "r.yaml:1:19: problems.dials must be a section of names, each with a word, a number or [low, high]; got a "
                + "mapping with the keys a. The family's dials, which docs/algorithms.md lists; those of arithmetic that are keys "
                + "here are not written in it. The default is {}."
        ),
        (
            "problems: {dials: {steps: 3}}\nstages: [evaluate: {}]",
            "r.yaml:1:27: problems.dials.steps must be written as problems.steps. Move it there."
        ),
        (
            "problems: {family: puzzle, steps: [2, 3]}\nstages: [evaluate: {}]",
            "r.yaml:1:35: problems.steps must be left out where the family is puzzle, because it is a dial of arithmetic; got "
                + "2..3. Write dials of puzzle in problems.dials."
        ),
        (
            "stages: [preference: {values: exact}]",
            "r.yaml:1:31: stages.0.preference.values must be monte-carlo unless problems.family is puzzle, for only puzzles have "
                + "exact values; got exact. Change one of them."
        ),
        (
            "problems: {file: a, test_file: b}\nstages: [evaluate: {split: form-shift}]",
            "r.yaml:2:28: stages.0.evaluate.split must be test, train or taught for a data set, which has no shifts; got form-shift. "
                + "Change it, or take a family."
        ),
        // Rules between values.
        ("name: a", "r.yaml:1:1: stages must have at least one stage; got none. Add, for example, - evaluate: {}."),
        ("stages: []", "r.yaml:1:9: stages must have at least one stage; got none. Add, for example, - evaluate: {}."),
        (
            "stages:\n- evaluate: {}\n- evaluate: {name: evaluate}",
            "r.yaml:3:20: stages.1.evaluate.name must differ from the names of all other stages; got evaluate, which is "
                + "that of stages.0 too. Give one of them another name."
        ),
        (
            "model: {new: {width: 100, heads: 3, key_value_heads: 3}}\nstages: [evaluate: {}]",
            "r.yaml:1:22: model.new.width must be a multiple of twice heads, because rotary positions turn pairs of a "
                + "head's channels; got 100 with 3 heads. Try 96."
        ),
        (
            "model: {new: {key_value_heads: 3}}\nstages: [evaluate: {}]",
            "r.yaml:1:32: model.new.key_value_heads must divide heads; got 3 with 4 heads. Try 4."
        ),
        (
            "hub: {heartbeat_seconds: 6}\nstages: [evaluate: {}]",
            "r.yaml:1:6: hub.lease_seconds must be at least twice heartbeat_seconds, so that one late heartbeat loses no "
                + "lease; got 10.0 with 6.0. Raise it to 12.0 or more."
        ),
        (
            "hub: {hold_seconds: 6}\nstages: [evaluate: {}]",
            "r.yaml:1:21: hub.hold_seconds must be at least lease_seconds; got 6.0 with 10.0. Raise it to 10.0 or more."
        ),
        (
            "stages: [preference: {wave: 6}]",
            "r.yaml:1:29: stages.0.preference.wave must be at most continuations_per_prefix; got 6 with 5. Lower it or "
                + "raise the other."
        ),
        (
            "stages: [preference: {negatives_per_problem: 9}]",
            "r.yaml:1:46: stages.0.preference.negatives_per_problem must be at most rollouts_per_problem; got 9 with 8. "
                + "Lower it or raise the other."
        ),
        (
            "stages: [reinforcement: {method: awr, divergence_weight: 0.1}]",
            "r.yaml:1:58: stages.0.reinforcement.divergence_weight has no effect on awr. Leave it out, or take another method."
        ),
        (
            "stages: [reinforcement: {method: cispo, clip_upper: 0.1}]",
            "r.yaml:1:53: stages.0.reinforcement.clip_upper has no effect on cispo. Leave it out, or take another method."
        ),
        (
            "stages: [supervised: {problems: 9}, rejection_sampling: {}]",
            "r.yaml:1:57: stages.1.rejection_sampling.problems_per_round must be at most the problems that supervised stages teach; "
                + "got 4096 with 9. Lower it, or set problems to fresh."
        ),
        (
            "stages: [supervised: {}, preference: {problems: taught, curriculum: true}]",
            "r.yaml:1:69: stages.1.preference.curriculum must be false where problems is taught, for a curriculum chooses others. "
                + "Change one of them."
        ),
        (
            "stages: [reinforcement: {method: awr, surveyed_per_problem: 9}]",
            "r.yaml:1:61: stages.0.reinforcement.surveyed_per_problem must be at most rollouts_per_problem; got 9 with 8. "
                + "Lower it or raise the other."
        ),
        (
            "stages: [reinforcement: {rollouts_per_problem: 1}]",
            "r.yaml:1:48: stages.0.reinforcement.rollouts_per_problem must be at least 2 for grpo, whose baseline is the other "
                + "rollouts of a problem; got 1. Raise it."
        ),
        (
            "stages: [reinforcement: {overlong_tokens: 161}]",
            "r.yaml:1:43: stages.0.reinforcement.overlong_tokens must be at most maximum_tokens; got 161 with 160. Lower it or "
                + "raise the other."
        ),
        (
            "stages: [reinforcement: {correction: masked, correction_minimum: 2}]",
            "r.yaml:1:66: stages.0.reinforcement.correction_minimum must be below correction_maximum; got 2.0 with 2.0. Lower it."
        ),
        (
            "stages: [preference: {positives_per_problem: 9}]",
            "r.yaml:1:46: stages.0.preference.positives_per_problem must be at most rollouts_per_problem; got 9 with 8. "
                + "Lower it or raise the other."
        ),
        (
            "stages: [preference: {pairs: sampled, positives_per_problem: 2}]",
            "r.yaml:1:62: stages.0.preference.positives_per_problem has no effect on sampled pairs. Leave it out, or take another "
                + "kind."
        ),
        (
            "stages: [preference: {forgetting_weight: 2}]",
            "r.yaml:1:42: stages.0.preference.forgetting_weight has no effect on dpo. Leave it out, or take another kind."
        ),
        (
            "stages: [preference: {loss: unlearning, chosen_penalty: 2}]",
            "r.yaml:1:57: stages.0.preference.chosen_penalty has no effect on unlearning. Leave it out, or take another kind."
        ),
        (
            "stages: [preference: {negatives_per_problem: 0}]",
            "r.yaml:1:46: stages.0.preference.negatives_per_problem must be at least 1 where positives_per_problem is 0, "
                + "for there is nothing else to learn from. Raise one of them."
        ),
        (
            "stages: [preference: {rollouts_per_problem: 300}]",
            "r.yaml:1:45: stages.0.preference.rollouts_per_problem must be at most hub.fan_out_per_problem; got 300 with "
                + "256. Lower it or raise the other."
        ),
        (
            "stages: [evaluate: {maximum_tokens: 256}]",
            "r.yaml:1:37: stages.0.evaluate.maximum_tokens must be below model.new.context_length, because the problem "
                + "needs room too; got 256 with 256. Lower it or raise the other."
        ),
        (
            "stages: [evaluate: {rollouts: 2}]",
            "r.yaml:1:31: stages.0.evaluate.rollouts must be 1 at temperature 0, where every rollout is the same; got 2. "
                + "Set temperature."
        ),
        // Not YAML.
        (
            "seed: 1\nseed: 2\nstages: []",
            "r.yaml:1:1: The text must be YAML; a key must stand once in its section, and seed stands twice; remove one."
        ),
        ("? [a]\n: 1", "r.yaml:1:3: A key must be a word; got a list or a mapping. Write key: value."),
        (
            "42",
            "r.yaml:1:1: A recipe must be a section with keys among name, seed, model, base_model, problems, verification, services, hub, stages; got 42."
        ),
    ])
    func `is told with its line, path, rule, value and remedy`(yaml: String, message: String) {
        #expect(faults(yaml) == [message])
    }

    @Test(arguments: [
        "learning_rate: 0", "learning_rate: -1", "learning_rate: .nan", "learning_rate: .inf", "learning_rate: 0x1p-3",
        "learning_rate: nan", "learning_rate: 1.5", "learning_rate:", "epochs: 0", "epochs: 1.0", "epochs: 1e2",
        "epochs: 99999999999999999999", "final_learning_rate_fraction: 1.01", "gradient_clip: 0",
        "schedule: Cosine", "schedule:", "name: \"\"", "name: a.b", "name: ünder",
    ])
    func `is found for each value of a wrong type or out of range`(line: String) {
        let found = faults("stages:\n- supervised:\n    \(line)")
        #expect(found.count == 1)
        #expect(found.first?.contains("stages.0.supervised.\(line.prefix { $0 != ":" }) must be ") == true)
    }

    @Test func `does not hide the others of the file`() throws {
        let found = faults(
            """
            sed: 1
            hub: {attempts: 0, durability: maybe}
            stages:
              - preference: {wave: 9}
              - evaluate: {problems: none}
              - train: {}
            """)
        let starts = [
            "r.yaml:1:1: A recipe has no key sed.", "r.yaml:2:17: hub.attempts must",
            "r.yaml:2:32: hub.durability must",
            "r.yaml:4:24: stages.0.preference.wave must", "r.yaml:5:26: stages.1.evaluate.problems must",
            "r.yaml:6:5: stages.2 has no key train.",
        ]
        try #require(found.count == starts.count)
        for (line, start) in zip(found, starts) { #expect(line.hasPrefix(start)) }
    }

    @Test(arguments: ["a: [1", "a: b: c", "\tx: 1", "--- 1\n--- 2\n", "a: *b"])
    func `of the YAML itself is told alone with its line`(yaml: String) {
        do throws(RecipeError) {
            _ = try Recipe(yaml: yaml, file: "r.yaml")
            Issue.record("\(yaml) was read")
        } catch {
            #expect(error.faults.map(\.code) == [.notYAML])
            #expect(error.faults[0].place.line != nil)
            #expect(error.faults[0].message.hasPrefix("The text must be YAML; "))
            #expect(!error.description.contains("\n"))
        }
    }
}
