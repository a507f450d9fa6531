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
        } catch {
            throw ServiceError(.input, "The recipe's problems cannot be made: \(error)")
        }
    }
}

extension Problems.ProblemSplit {
    fileprivate init(_ split: ProblemSplit) {
        self =
            switch split {
            case .train: .train
            case .test: .test
            case .rangeShift: .rangeShift
            case .formShift: .formShift
            }
    }
}
