import Recipe
import Testing

@Suite struct `Reading a recipe` {
    @Test func `the least recipe has every default`() throws {
        let recipe = try Recipe(yaml: "stages: [evaluate: {}]", file: "r.yaml")
        var expected = Recipe()
        expected.stages = [.evaluate(EvaluateStage())]
        #expect(recipe == expected)
        #expect(recipe.model == .new(NewModel()))
        #expect(recipe.services.samplers == 2)
    }

    @Test func `problems come from a data set in place of a family`() throws {
        let yaml = "problems: {file: a/train.jsonl, test_file: a/test.jsonl}\nstages: [evaluate: {}]"
        let recipe = try Recipe(yaml: yaml, file: "r.yaml")
        #expect(recipe.problems.file == "a/train.jsonl")
        #expect(recipe.problems.testFile == "a/test.jsonl")
        #expect(recipe.problems.sha256 == nil && recipe.problems.testSHA256 == nil)
        // What a family is told is not printed, and neither is what is not known.
        #expect(
            recipe.resolvedYAML().contains(
                "\nproblems:\n  file: a/train.jsonl\n  test_file: a/test.jsonl\nverification:\n"))
        var begun = recipe
        begun.problems.sha256 = String(repeating: "0a", count: 32)
        begun.problems.testSHA256 = String(repeating: "12", count: 32)
        #expect(try Recipe(yaml: begun.resolvedYAML(), file: "resolved") == begun)
    }

    @Test func `a panel of verifiers is a list of names, each once`() throws {
        func recipe(_ verification: String) throws -> Recipe {
            try Recipe(yaml: "verification: \(verification)\nstages: [evaluate: {}]", file: "r.yaml")
        }
        let panel = try recipe("{verifiers: [exact, reader], rule: all-agree}")
        #expect(panel.verification.verifiers.names == ["exact", "reader"])
        #expect(panel.verification.rule == .allAgree && panel.ownVerifierCount == 1)
        // Without our own verifier none of its processes is started.
        #expect(try recipe("{verifiers: [reader]}").ownVerifierCount == 0)
        for wrong in ["[]", "[a, a]", "[1a]", "exact", "[a, b, c, d, e, f, g, h, i]"] {
            let error = #expect(throws: RecipeError.self) { try recipe("{verifiers: \(wrong)}") }
            #expect("\(error.map { "\($0)" } ?? "")".contains("one to eight different names"), "\(wrong)")
        }
    }

    @Test func `dials are read as words, numbers and ranges, for whatever family`() throws {
        let puzzle = try Recipe(
            yaml: """
                problems: {family: puzzle, dials: {numbers: [3, 5], bound: 900, operations: +-}}
                stages: [{preference: {values: exact}}, {evaluate: {split: form-shift}}]
                """, file: "r.yaml")
        #expect(puzzle.problems.family == .puzzle)
        #expect(puzzle.problems.familyDials == ["numbers": "3..5", "bound": "900", "operations": "+-"])
        guard case .preference(let preference) = puzzle.stages[0], case .evaluate(let evaluate) = puzzle.stages[1]
        else {
            Issue.record("\(puzzle.stages)")
            return
        }
        #expect(preference.values == .exact)
        #expect(evaluate.split == .formShift)
        let arithmetic = try Recipe(
            yaml: "problems: {steps: [1, 3], dials: {shifted-steps: [5, 6]}}\nstages: [evaluate: {split: form-shift}]",
            file: "r.yaml")
        #expect(
            arithmetic.problems.familyDials == [
                "steps": "1..3", "operands": "1..9", "values": "0..99", "style": "symbols", "shifted-steps": "5..6",
            ])
        let overridden = try Recipe(
            yaml: "stages: [evaluate: {}]", file: "r.yaml",
            overrides: ["problems.family=star-graph", "problems.dials.branches=[2, 4]"])
        #expect(overridden.problems.familyDials == ["branches": "2..4"])
    }

    @Test func `every section and every kind of stage is read`() throws {
        let recipe = try Recipe(
            yaml: """
                name: trial
                seed: 18446744073709551615
                model: {from: models/small.gguf}
                problems: {family: arithmetic, steps: [1, 3], operands: [2, 8], values: [-5, 50], style: mixed}
                services: {samplers: 4, sampler: {slots: 8, threads: 2}, learner: {threads: 3}}
                hub: {durability: process-crash, keep_payloads: false, lease_seconds: 4}
                stages:
                  - supervised: {problems: 100, schedule: constant, gradient_clip: 1.5}
                  - preference: {layout: paper-1, continuations_per_prefix: 3, wave: 1}
                  - evaluate: {split: train, rollouts: 4, temperature: 0.7}
                """, file: "r.yaml")
        #expect(recipe.name == "trial")
        #expect(recipe.seed == .max)
        #expect(recipe.model == .file("models/small.gguf"))
        #expect(recipe.problems.steps == 1...3)
        #expect(recipe.problems.operands == 2...8)
        #expect(recipe.problems.values == -5...50)
        #expect(recipe.problems.style == .mixed)
        #expect(recipe.services.samplers == 4)
        #expect(recipe.services.sampler.slots == 8)
        #expect(recipe.services.sampler.threads == 2)
        #expect(recipe.services.learner.threads == 3)
        #expect(recipe.hub.durability == .processCrash)
        #expect(!recipe.hub.keepPayloads)
        #expect(recipe.hub.leaseSeconds == 4)
        var supervised = SupervisedStage()
        supervised.problems = 100
        supervised.schedule = .constant
        supervised.gradientClip = 1.5
        var preference = PreferenceStage()
        preference.layout = .paper1
        preference.continuationsPerPrefix = 3
        preference.wave = 1
        var evaluate = EvaluateStage()
        evaluate.split = .train
        evaluate.rollouts = 4
        evaluate.temperature = 0.7
        #expect(recipe.stages == [.supervised(supervised), .preference(preference), .evaluate(evaluate)])
        #expect(recipe.stages.map(\.name) == ["supervised", "preference", "evaluate"])
    }

    @Test func `a section with nothing after its key has every default`() throws {
        let recipe = try Recipe(yaml: "hub:\nstages:\n  - supervised:\n", file: "r.yaml")
        #expect(recipe.hub == HubSettings())
        #expect(recipe.stages == [.supervised(SupervisedStage())])
    }

    @Test func `a file that is not there is named in one line`() {
        let error = #expect(throws: RecipeError.self) { try Recipe(contentsOf: "/nowhere/r.yaml") }
        #expect(error?.faults.map(\.code) == [.unreadableFile])
        #expect(error?.description.hasPrefix("/nowhere/r.yaml: The recipe must be a readable file") == true)
        #expect(error?.description.contains("\n") == false)
    }
}
