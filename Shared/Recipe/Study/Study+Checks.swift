extension Study {
    var conflicts: [Conflict] {
        missingKeys + keysOfCells
            + methods.indices.flatMap { index in
                conflicts(of: methods[index], after: methods[..<index]).map { key, message in
                    Conflict("methods", "\(index)", key, message: message)
                }
            }
    }

    private var missingKeys: [Conflict] {
        let keys = [
            ("base", base.isEmpty), ("sizes", sizes.isEmpty), ("seeds", seeds.isEmpty), ("methods", methods.isEmpty),
        ]
        return keys.filter(\.1).map { key, _ in
            Conflict(key, message: "must be there; got none. Add it; docs/studies.md has an example.")
        }
    }

    /// What `recipe` has and each cell has of its own.
    private var keysOfCells: [Conflict] {
        guard case .mapping(let entries) = common.content else {
            return [Conflict("recipe", message: "must be a section of a recipe's keys; got \(common.summary).")]
        }
        return entries.filter { ["name", "seed", "model", "base_model", "stages"].contains($0.key) }.map { entry in
            Conflict(
                "recipe", entry.key,
                message: "must be left out, because each cell has its own; got \(entry.value.summary). Remove it.")
        }
    }

    private func conflicts(of method: StudyMethod, after earlier: ArraySlice<StudyMethod>) -> [(String, String)] {
        var found: [(String, String)] = []
        if earlier.contains(where: { $0.name == method.name }) {
            found.append(
                (
                    "name",
                    "must differ from the names of all other methods; got \(method.name) twice. Rename one."
                ))
        }
        if let unknown = method.sizes.first(where: { !sizes.contains($0) }) {
            found.append(
                ("sizes", "must be among the study's sizes; got \(unknown) too. Remove it, or add it to the study's."))
        }
        let own = method.sizes.isEmpty ? sizes : method.sizes
        let isAfterOne = earlier.contains {
            $0.name == method.after && ($0.sizes.isEmpty || Set($0.sizes).isSuperset(of: own))
        }
        if let after = method.after, !isAfterOne {
            found.append(
                (
                    "after",
                    "must be a method above it that has all its sizes; got \(after). Name one of "
                        + "\(earlier.map(\.name).joined(separator: ", ")), or leave it out for the base."
                ))
        }
        return found
    }

    /// Checks what a cell's recipe must have to be measured, before any cell runs.
    func check(_ cell: StudyCell) throws(RecipeError) {
        let method = method(of: cell)
        let recipe = try recipe(of: cell, model: "the model of \(cell.method)", base: nil)
        func refuse(_ rule: String) -> RecipeError {
            RecipeError(.conflict, at: method.stages.place, "The stages of \(cell.method) \(rule)")
        }
        if !recipe.hub.keepPayloads {
            throw RecipeError(
                .conflict, at: common.place(of: ["hub", "keep_payloads"]),
                "recipe.hub.keep_payloads must be true, because a cell's cost is counted of what it sampled; got false. Leave it out."
            )
        }
        for stage in recipe.stages {
            if let count = stage.taughtProblems, count > cell.size {
                throw refuse(
                    "must ask for at most the \(cell.size) problems that are taught; \(stage.name) asks for \(count). Write size."
                )
            }
        }
        if method.keeps == .best, let rule = Self.ruleOfBest(recipe) { throw refuse(rule) }
    }

    /// What is wrong with choosing the best policy of a recipe; nil if nothing is.
    private static func ruleOfBest(_ recipe: Recipe) -> String? {
        if recipe.problems.file != nil {
            return "must keep the newest policy: a data set has no problems that are held out. Leave keeps out."
        }
        // Of each policy version the splits that it is evaluated on.
        var splits: [[ProblemSplit]] = [[]]
        var heldOutCounts: Set<Int> = []
        for stage in recipe.stages {
            guard case .evaluate(let stage) = stage else {
                splits.append([])
                continue
            }
            splits[splits.count - 1].append(stage.split)
            if stage.split == .train { heldOutCounts.insert(stage.problems) }
        }
        let heldOut = splits.filter { $0.contains(.train) }
        if heldOut.isEmpty || heldOutCounts.count > 1 {
            return
                "must evaluate split train with one number of problems where the best policy is kept. Add such evaluations after the stages that train."
        }
        return heldOut.allSatisfy { $0.contains(.test) }
            ? nil
            : "must evaluate split test wherever they evaluate split train, so that the policy that is kept has a test accuracy. Add the missing ones."
    }
}

extension Stage {
    /// How many of the problems that are taught a stage asks for; nil for none.
    fileprivate var taughtProblems: Int? {
        switch self {
        case .supervised(let stage): stage.problems
        case .evaluate(let stage): stage.split == .taught ? stage.problems : nil
        case .rejectionSampling, .preference, .reinforcement:
            rollouts.flatMap { $0.problems == .taught ? $0.problemsPerRound : nil }
        }
    }
}
