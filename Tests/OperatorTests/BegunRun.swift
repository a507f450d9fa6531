import OperatorCore
import Recipe
import ServiceKit

/// Begins a run of a tiny new model with seed 5, and trains nothing; returns the model's sizes.
func begin(_ run: RunFolder, layers: Int) throws -> NewModel {
    var shape = NewModel()
    (shape.width, shape.layers, shape.heads, shape.keyValueHeads) = (16, layers, 2, 1)
    (shape.feedForwardWidth, shape.contextLength) = (24, 64)
    var recipe = Recipe()
    recipe.model = .new(shape)
    recipe.seed = 5
    var stage = EvaluateStage()
    stage.maximumTokens = 16
    recipe.stages = [.evaluate(stage)]
    _ = try RunLauncher.begin(recipe, in: run)
    return shape
}
