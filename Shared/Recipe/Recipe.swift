/// The file of a run: the model it starts from, its problems, its services and hub, and its stages in order.
///
/// Every default stands in these types and nowhere else. `docs/recipes.md` lists each key with its rule and effect.
public struct Recipe: Sendable, Equatable {
    /// What the run is called in logs.
    public var name = "run"

    /// From which everything that is drawn at random in the run follows.
    public var seed: UInt64 = 1

    /// The model that policy version 0 is.
    public var model = ModelSource.new(NewModel())

    /// The file of the weights that rejection sampling starts each round from; nil for those of `model`.
    public var baseModel: String?

    /// The family that problems come from, and its dials, or the data set.
    public var problems = ProblemSettings()

    /// Which verifiers grade rollouts.
    public var verification = VerificationSettings()

    /// The processes of each role.
    public var services = ServiceSettings()

    /// Leases, admission and storage.
    public var hub = HubSettings()

    /// What the run does, in order; never empty in a recipe that was read.
    public var stages: [Stage] = []

    /// A recipe with every default, and no stage yet.
    public init() {}
}

extension Recipe: RecipeSection {
    static var keys: [Key<Recipe>] {
        [
            .value("name", \.name, .name, "What the run is called in logs."),
            .value("seed", \.seed, .seed, "Everything that is drawn at random follows from it."),
            .section("model", \.model, "The model that the run starts from: a file, or a new one."),
            .optional(
                "base_model", \.baseModel, .path,
                "A GGUF file or a Hugging Face folder of the weights that rejection sampling with start: base trains, where the model is "
                    + "one that was trained from them; the model itself if left out."),
            .section("problems", \.problems, "Where problems come from and how hard they are."),
            .section(
                "verification", \.verification, "Which verifiers grade each rollout, and how their verdicts become one."
            ),
            .section("services", \.services, "How many processes each role has, and their threads."),
            .section("hub", \.hub, "Leases, admission and storage."),
            .list("stages", \.stages, "What the run does, in order: each element is one stage."),
        ]
    }

    var conflicts: [Conflict] {
        if stages.isEmpty {
            return [
                Conflict("stages", message: "must have at least one stage; got none. Add, for example, - evaluate: {}.")
            ]
        }
        return duplicateNames + stagesBeyondLimits + stagesBeyondProblems
    }

    private var duplicateNames: [Conflict] {
        stages.indices.compactMap { index in
            let name = stages[index].name
            guard let earlier = stages[..<index].firstIndex(where: { $0.name == name }) else { return nil }
            return Conflict(
                "stages", "\(index)", stages[index].kind, "name",
                message:
                    "must differ from the names of all other stages; got \(name), which is that of stages.\(earlier) "
                    + "too. Give one of them another name.")
        }
    }

    /// Stages that ask for what the problems do not have.
    private var stagesBeyondProblems: [Conflict] {
        let isPuzzle = problems.family == .puzzle && problems.file == nil
        return stages.enumerated().compactMap { index, stage -> Conflict? in
            switch stage {
            case .preference(let stage) where stage.values == .exact && !isPuzzle:
                Conflict(
                    "stages", "\(index)", "preference", "values",
                    message:
                        "must be monte-carlo unless problems.family is puzzle, for only puzzles have exact values; got "
                        + "exact. Change one of them.")
            case .evaluate(let stage) where stage.split.isShift && problems.file != nil:
                Conflict(
                    "stages", "\(index)", "evaluate", "split",
                    message:
                        "must be test, train or taught for a data set, which has no shifts; got \(stage.split.rawValue). Change "
                        + "it, or take a family.")
            case .supervised, .rejectionSampling, .preference, .reinforcement, .evaluate: nil
            }
        }
    }

    /// What goes against sampling the problems that are taught: a key, and what is wrong with it.
    private func conflictsOfTaught(_ stage: Stage) -> [(String, String)] {
        let taught = stages.compactMap { if case .supervised(let stage) = $0 { stage.problems } else { nil } }.max()
        if case .evaluate(let stage) = stage, stage.split == .taught, let taught, stage.problems > taught {
            return [
                (
                    "problems",
                    "must be at most the problems that supervised stages teach; got \(stage.problems) with \(taught). Lower it, or "
                        + "take another split."
                )
            ]
        }
        guard let sampled = stage.rollouts, sampled.problems == .taught else { return [] }
        var found: [(String, String)] = []
        if let taught, sampled.problemsPerRound > taught {
            found.append(
                (
                    "problems_per_round",
                    "must be at most the problems that supervised stages teach; got \(sampled.problemsPerRound) with \(taught). "
                        + "Lower it, or set problems to fresh."
                ))
        }
        if sampled.curriculum {
            found.append(
                (
                    "curriculum",
                    "must be false where problems is taught, for a curriculum chooses others. Change one of them."
                ))
        }
        return found
    }

    /// Stages that ask for more than the new model's context or the hub's bounds allow.
    private var stagesBeyondLimits: [Conflict] {
        stages.enumerated().flatMap { index, stage -> [Conflict] in
            var found: [Conflict] = []
            if case .new(let model) = model, let tokens = stage.maximumTokens, tokens >= model.contextLength {
                found.append(
                    Conflict(
                        "stages", "\(index)", stage.kind, "maximum_tokens",
                        message: "must be below model.new.context_length, because the problem needs room too; "
                            + "got \(tokens) with \(model.contextLength). Lower it or raise the other."))
            }
            found += conflictsOfTaught(stage).map { Conflict("stages", "\(index)", stage.kind, $0, message: $1) }
            if let sampled = stage.rollouts, sampled.rolloutsPerProblem > hub.fanOutPerProblem {
                found.append(
                    Conflict(
                        "stages", "\(index)", stage.kind, "rollouts_per_problem",
                        message: "must be at most hub.fan_out_per_problem; got \(sampled.rolloutsPerProblem) with "
                            + "\(hub.fanOutPerProblem). Lower it or raise the other."))
            }
            return found
        }
    }
}
