/// How the learning rate goes on after its warm-up.
public enum LearningRateSchedule: String, Sendable, CaseIterable {
    /// Falls along half a cosine to its final fraction.
    case cosine
    /// Stays.
    case constant
}

extension LearningRateSchedule: RecipeChoice {}
