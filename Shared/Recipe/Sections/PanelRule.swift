/// How the verdicts of several verifiers become one.
public enum PanelRule: String, Sendable, CaseIterable {
    /// The first one that is correct or incorrect.
    case firstThatDecides = "first-that-decides"
    /// The one that all come to; an error where they differ.
    case allAgree = "all-agree"
}

extension PanelRule: RecipeChoice {}
