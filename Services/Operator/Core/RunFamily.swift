import Problems
import Recipe
import ServiceKit
// Problems has one, too.
import enum Recipe.ProblemSplit

/// The problem family of a recipe, checked before a run begins with it.
enum RunFamily {
    /// Checks that there are the problems that a recipe asks for; a data set is not looked at.
    ///
    /// - Throws: `ServiceError` of code `input` if the family refuses its dials, or has no problems of a split that a stage
    ///   evaluates.
    static func check(_ recipe: Recipe) throws {
        guard recipe.problems.file == nil else { return }
        do {
            let family = try ProblemFamilies.family(
                named: recipe.problems.family.rawValue, dials: recipe.problems.familyDials)
            for case .evaluate(let stage) in recipe.stages { try family.check(Problems.ProblemSplit(stage.split)) }
            try checkLevels(recipe)
        } catch let error as ProblemsError {
            throw ServiceError(.input, "The recipe's problems cannot be made: \(error)")
        }
    }

    /// Checks a curriculum that moves along the family's levels: that each level's dials go with the recipe's, and that no evaluation of
    /// another number of parts has problems that a level trains on.
    private static func checkLevels(_ recipe: Recipe) throws {
        let levels = ProblemFamilies.levels(ofFamily: recipe.problems.family.rawValue)
        let hasCurriculum = recipe.stages.contains { $0.rollouts?.curriculum == true }
        guard hasCurriculum, !levels.isEmpty else { return }
        for case .evaluate(let stage) in recipe.stages where stage.split == .formShift {
            throw ServiceError(
                .input,
                "What is evaluated on is never trained on; \(stage.name) evaluates form-shift, and the curriculum trains on other "
                    + "numbers of parts than the recipe's. Take one of them out.")
        }
        for (number, level) in levels.enumerated() {
            do {
                _ = try ProblemFamilies.family(
                    named: recipe.problems.family.rawValue, dials: recipe.problems.familyDials.merging(level) { $1 })
            } catch {
                throw ServiceError(
                    .input,
                    "Every level of difficulty must be possible, because a curriculum may come to it; level \(number + 1) is not: \(error)"
                )
            }
        }
    }
}

extension Problems.ProblemSplit {
    fileprivate init(_ split: ProblemSplit) {
        self =
            switch split {
            case .train, .taught: .train
            case .test: .test
            case .rangeShift: .rangeShift
            case .formShift: .formShift
            }
    }
}
