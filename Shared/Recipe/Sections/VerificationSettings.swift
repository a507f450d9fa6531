/// Which verifiers grade a rollout, and how their verdicts become one.
public struct VerificationSettings: Sendable, Equatable {
    /// The verifiers by name, in the order in which they are asked; never empty. `exact` is the one that this project ships.
    public var verifiers = VerifierNames([VerifierNames.own])

    /// How several verdicts become one.
    public var rule = PanelRule.firstThatDecides

    /// The defaults.
    public init() {}
}

extension VerificationSettings: RecipeSection {
    static var keys: [Key<VerificationSettings>] {
        [
            .value(
                "verifiers", \.verifiers, .names,
                "The verifiers that grade each rollout, in the order in which they are asked. exact is Eightfold's own; any other "
                    + "is a program that you start, which says this name in its hello."),
            .value(
                "rule", \.rule, .choice,
                "first-that-decides takes the first verdict that is correct or incorrect; all-agree asks all, and where they differ "
                    + "the rollout counts as an error and is not trained on."),
        ]
    }
}

extension Recipe {
    /// How many processes of the verifier that this project ships a run starts: none where the panel does without it.
    public var ownVerifierCount: Int {
        verification.verifiers.names.contains(VerifierNames.own) ? services.verifiers : 0
    }
}
