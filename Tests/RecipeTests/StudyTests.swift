import Testing

@testable import Recipe

@Suite struct `A study` {
    private static let text = """
        name: grid
        base: base.yaml
        recipe:
          problems: {steps: [2, 3]}
        sizes: [8, 16]
        seeds: [1, 2]
        methods:
          - name: sft
            keeps: best
            stages:
              - supervised: {problems: size, epochs: 2}
              - evaluate: {name: held-out, split: train, problems: 10}
              - evaluate: {name: test, problems: 10}
          - name: per-step
            after: sft
            sizes: [16]
            stages: [preference: {problems: taught, problems_per_round: size}]
        """

    @Test func `has a cell for each method, size and seed, after the one that it begins with`() throws {
        let study = try Study(yaml: Self.text, file: "s.yaml")
        #expect(study.name == "grid" && study.base == "base.yaml")
        #expect(
            study.cells.map(\.description) == [
                "sft-8-1", "sft-8-2", "sft-16-1", "per-step-16-1", "sft-16-2", "per-step-16-2",
            ])
        #expect(study.methods.map(\.keeps) == [.best, .newest])
        #expect(study.methods.map(\.after) == [nil, "sft"])
    }

    @Test func `makes of a cell a recipe with its size, seed and model`() throws {
        let study = try Study(yaml: Self.text, file: "s.yaml")
        let recipe = try study.recipe(
            of: StudyCell(method: "sft", size: 16, seed: 2), model: "a/b.gguf", base: "base.gguf")
        #expect(recipe.name == "sft" && recipe.seed == 2 && recipe.model == .file("a/b.gguf"))
        #expect(recipe.problems.steps == 2...3 && recipe.baseModel == "base.gguf")
        guard case .supervised(let stage) = recipe.stages[0] else {
            Issue.record("\(recipe.stages)")
            return
        }
        #expect(stage.problems == 16 && stage.epochs == 2)
        let next = try study.recipe(of: StudyCell(method: "per-step", size: 16, seed: 1), model: "m", base: nil)
        #expect(next.stages[0].rollouts?.problemsPerRound == 16)
    }

    @Test func `may give a method problems of its own`() throws {
        let text = Self.text.replacing("    after: sft", with: "    after: sft\n    problems: {steps: [4, 5]}")
        let study = try Study(yaml: text, file: "s.yaml")
        let steps = try ["sft", "per-step"].map { method in
            try study.recipe(of: StudyCell(method: method, size: 16, seed: 1), model: "m", base: nil).problems.steps
        }
        #expect(steps == [2...3, 4...5])
        do {
            _ = try Study(yaml: text.replacing("{steps: [4, 5]}", with: "{step: 4}"), file: "s.yaml")
            Issue.record("was read")
        } catch {
            #expect("\(error)".contains("s.yaml:16:16: problems has no key step. Did you mean steps?"))
        }
    }

    @Test func `may give a key a value for each size`() throws {
        let text = Self.text.replacing("epochs: 2", with: "epochs: {by_size: {8: 5, 16: 3}}")
        let study = try Study(yaml: text, file: "s.yaml")
        let epochs = try [8, 16].map { size -> Int in
            let recipe = try study.recipe(of: StudyCell(method: "sft", size: size, seed: 1), model: "m", base: nil)
            guard case .supervised(let stage) = recipe.stages[0] else { return 0 }
            return stage.epochs
        }
        #expect(epochs == [5, 3])
        do {
            _ = try Study(yaml: text.replacing("8: 5, ", with: ""), file: "s.yaml")
            Issue.record("was read")
        } catch {
            #expect("\(error)".contains("stages.0.supervised.epochs must be an integer from 1 to 10000; got a mapping"))
        }
    }

    @Test(arguments: [
        (
            "sizes: [8, 16]", "sizes: [16, 8]",
            "sizes must be a list of integers from 1 to 100000000, each above the one before"
        ),
        ("sizes: [8, 16]", "size: 8", "A study has no key size. Did you mean sizes?"),
        ("base: base.yaml", "", "base must be there; got none."),
        ("problems: {steps: [2, 3]}", "seed: 4", "recipe.seed must be left out, because each cell has its own; got 4."),
        ("after: sft", "after: rft", "methods.1.after must be a method above it that has all its sizes; got rft."),
        (
            "name: per-step", "name: sft",
            "methods.1.name must differ from the names of all other methods; got sft twice."
        ),
        ("epochs: 2", "epochs: 0", "stages.0.supervised.epochs must be an integer from 1 to 10000; got 0."),
        ("keeps: best", "keeps: worst", "methods.0.keeps must be one of newest, best; got worst."),
    ])
    func `tells what is wrong with it by its line`(from: String, to: String, message: String) throws {
        do {
            _ = try Study(yaml: Self.text.replacing(from, with: to), file: "s.yaml")
            Issue.record("was read")
        } catch {
            #expect("\(error)".contains(message), "\(error)")
            #expect("\(error)".hasPrefix("s.yaml:"), "\(error)")
        }
    }

    @Test(arguments: [
        ("split: train, ", "", "must evaluate split train with one number of problems where the best policy is kept"),
        (
            "evaluate: {name: test, problems: 10}", "evaluate: {name: test, split: form-shift}",
            "must evaluate split test wherever they evaluate split train"
        ),
        (
            "steps: [2, 3]", "file: a.jsonl, test_file: b.jsonl",
            "must keep the newest policy: a data set has no problems that are held out"
        ),
        (
            "problems_per_round: size", "problems_per_round: 17",
            "must ask for at most the 16 problems that are taught; preference asks for 17"
        ),
        (
            "name: test, problems: 10", "name: test, split: taught, problems: 9",
            "evaluate.problems must be at most the problems that supervised stages teach; got 9 with 8."
        ),
        ("recipe:\n", "recipe:\n  hub: {keep_payloads: false}\n", "recipe.hub.keep_payloads must be true"),
        ("sizes: [16]\n", "sizes: [32]\n", "methods.1.sizes must be among the study's sizes; got 32 too"),
    ])
    func `refuses what could not be measured before any cell runs`(from: String, to: String, message: String) throws {
        do {
            _ = try Study(yaml: Self.text.replacing(from, with: to), file: "s.yaml")
            Issue.record("was read")
        } catch {
            #expect("\(error)".contains(message), "\(error)")
        }
    }

    @Test func `knows the way to a cell`() throws {
        let study = try Study(yaml: Self.text, file: "s.yaml")
        let cell = StudyCell(method: "per-step", size: 16, seed: 2)
        #expect(study.way(to: cell).map(\.description) == ["sft-16-2", "per-step-16-2"])
    }

    @Test func `has methods after others at their sizes only`() throws {
        let text = Self.text.replacing("keeps: best", with: "sizes: [8]")
        #expect(throws: RecipeError.self) { try Study(yaml: text, file: "s.yaml") }
    }
}
