import Basics
import Recipe
import Wire
// Wire has one, too.
import enum Recipe.AnswerRule

/// What the recipe asks for at each decision point: a pure function of the recipe and where it stands.
struct RunPlan {
    let recipe: Recipe

    /// Problems that one order asks for at most.
    static let problemsPerOrder = 64

    /// How many rounds of orders a stage has. Supervised learning has one for each epoch.
    func roundCount(of stage: Stage) -> Int {
        switch stage {
        case .supervised(let supervised): supervised.epochs
        case .rejectionSampling(let stage): stage.rounds
        case .preference(let stage): stage.rounds
        case .reinforcement(let stage): stage.rounds
        case .evaluate: 1
        }
    }

    /// Whether training on a round ends in a policy version: each round of preference is sampled from the one before, but
    /// nothing is sampled between two epochs of supervised learning.
    func publishes(afterRound round: Int, of stage: Stage) -> Bool {
        if case .supervised(let supervised) = stage { round == supervised.epochs - 1 } else { true }
    }

    /// The decision point after the last round of this one's stage; nil if it was the last stage.
    func next(after point: DecisionPoint) -> DecisionPoint? {
        point.stage + 1 < recipe.stages.count ? DecisionPoint(stage: point.stage + 1, round: 0) : nil
    }

    /// The purpose that a stage's orders have.
    func purpose(of stage: Stage) -> Purpose {
        switch stage {
        case .supervised: .supervised
        case .rejectionSampling, .preference, .reinforcement: .preference
        case .evaluate: .evaluation
        }
    }

    /// The orders of a round, from the policy version that is the newest now.
    ///
    /// - Parameter curriculum: what the stage's rounds before say, where it has one.
    func orders(stage index: Int, round: Int, policyVersion: UInt64, curriculum: RoundCurriculum? = nil) -> [Order] {
        var plan = Order(policyVersion: policyVersion)
        var (problems, first): (Int, UInt64) = (0, 0)
        if let sampled = recipe.stages[index].rollouts {
            plan.sample(sampled)
            plan.source = source(.train, curriculum?.dials ?? [:])
            plan.passRates = curriculum?.orderPassRates ?? []
            (problems, first) = (sampled.problemsPerRound, firstIndex(stage: index, round: round))
        }
        switch recipe.stages[index] {
        case .supervised(let stage):
            // Every epoch sees the same fixed set of solved problems.
            plan.source = source(.train)
            (problems, first) = (stage.problems, 0)
        case .rejectionSampling(let stage):
            plan.credit = CreditPlan(
                positives: stage.solutionsPerProblem, positiveWeight: 1, sampling: plan.sampling,
                distinct: stage.distinct == .text ? "" : stage.distinct.rawValue)
        case .preference(let stage):
            plan.credit = CreditPlan(
                negatives: stage.negativesPerProblem, continuations: stage.continuationsPerPrefix, wave: stage.wave,
                layout: stage.layout.rawValue, positives: stage.positivesPerProblem,
                positiveWeight: Float(stage.positivesWeight), sampling: plan.sampling,
                values: stage.values == .exact ? .exact : .sampled,
                pairs: stage.pairs.isByOutcome ? stage.pairs.rawValue : "", seed: recipe.seed,
                advantage: stage.pairs == .sampled
                    ? AdvantagePlan(
                        rule: "sampled-pairs", surveyed: stage.negativesPerProblem,
                        continuationLimit: recipe.hub.fanOutPerProblem - stage.rolloutsPerProblem) : nil)
        case .reinforcement(let stage):
            plan.credit = CreditPlan(
                continuations: stage.continuationsPerPrefix, sampling: plan.sampling,
                advantage: AdvantagePlan(
                    rule: stage.method.advantageRule,
                    surveyed: stage.method.needsStepValues ? stage.surveyedPerProblem : 0, alpha: Float(stage.alpha),
                    overlongTokens: stage.overlongTokens, dropsTruncated: stage.truncated == .dropped,
                    continuationLimit: recipe.hub.fanOutPerProblem - stage.rolloutsPerProblem))
        case .evaluate(let stage):
            // Every evaluation of a split sees the same problems, so that differences are paired.
            plan.source = source(Split(stage.split))
            (problems, first) = (stage.problems, stage.split == .train && !isDataSet ? Self.apart(0xffff) : 0)
            plan.sampling = SamplingPlan(
                rollouts: stage.rollouts, temperature: Float(stage.temperature), topP: 1, topK: 0,
                maximumTokens: stage.maximumTokens)
            plan.answers = Wire.AnswerRule(stage.answers)
        }
        return stride(from: 0, to: problems, by: Self.problemsPerOrder).map { offset in
            var order = plan
            order.firstIndex = first + UInt64(offset)
            order.count = min(Self.problemsPerOrder, problems - offset)
            return order
        }
    }

    private var isDataSet: Bool { recipe.problems.file != nil }

    /// The first index of a round that samples problems. Those that are taught begin at 0. Of fresh ones a family never runs out, so
    /// no other stage or round has them; a data set is gone through once, from what supervised stages teach on, before any problem comes again.
    private func firstIndex(stage index: Int, round: Int) -> UInt64 {
        if recipe.stages[index].rollouts?.problems == .taught { return 0 }
        var (taught, ordered) = (0, 0)
        for (place, stage) in recipe.stages.enumerated() {
            if case .supervised(let stage) = stage { taught = max(taught, stage.problems) }
            guard let sampled = stage.rollouts, sampled.problems == .fresh else { continue }
            if place == index {
                ordered += round * sampled.problemsPerRound
            } else if place < index, isDataSet {
                ordered += sampled.rounds * sampled.problemsPerRound
            }
        }
        return isDataSet ? UInt64(taught + ordered) : Self.apart(index) + UInt64(ordered)
    }

    /// Where the indices of a stage begin that shares none with others.
    private static func apart(_ stage: Int) -> UInt64 { UInt64(stage + 1) << 40 }

    private func source(_ split: Split, _ levelDials: [String: String] = [:]) -> ProblemSource {
        let problems = recipe.problems
        if isDataSet {
            return ProblemSource(
                seed: recipe.seed, split: split,
                dataSet: (split == .test ? problems.testSHA256 : problems.sha256).flatMap {
                    ContentHash(hexadecimal: $0)
                })
        }
        return ProblemSource(
            family: problems.family.rawValue, seed: recipe.seed, split: split,
            dials: problems.familyDials.merging(levelDials) { $1 }.map { "\($0.key)=\($0.value)" }.sorted())
    }
}

extension Order {
    /// How a stage samples its problems.
    fileprivate mutating func sample(_ stage: RolloutSettings) {
        sampling = SamplingPlan(
            rollouts: stage.rolloutsPerProblem, temperature: Float(stage.temperature), topP: Float(stage.topP),
            topK: stage.topK, maximumTokens: stage.maximumTokens)
        answers = Wire.AnswerRule(stage.answers)
        curriculum = stage.curriculum
    }
}

extension Wire.AnswerRule {
    fileprivate init(_ rule: AnswerRule) {
        self =
            switch rule {
            case .strict: .strict
            case .lastNumber: .lastNumber
            case .stated: .stated
            case .anywhere: .anywhere
            }
    }
}

extension Split {
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
