public import Recipe
public import Wire

/// What `eightfold run` shows while a run goes on, from one poll of the hub to the next.
public struct ProgressView: Sendable {
    private let recipe: Recipe
    private var progress = Progress("")
    private var rates = RunRates()
    private var stageBegan: (at: ContinuousClock.Instant, share: Double)?
    /// The last evaluation that has ended.
    private var evaluated: (name: String, accuracy: Double)?

    /// Watches a run of this recipe.
    public init(recipe: Recipe) {
        self.recipe = recipe
    }

    /// Two lines: how far the run is, and how its services are.
    public mutating func lines(
        _ status: Status, _ children: [Supervisor.ChildStatus], at now: ContinuousClock.Instant
    ) -> [String] {
        let next = Progress(status.progress)
        // Grades that came before the line of progress that tells of a new round belong to the old one.
        rates.add(status, at: now)
        if next.stage != progress.stage { endStage() }
        if next.stage != progress.stage || next.round != progress.round { rates.beginRound() }
        let isNewStage = next.stage != progress.stage
        progress = next
        if isNewStage { stageBegan = (now, share) }
        return [runLine(status, at: now), Self.serviceLine(status, children)]
    }

    private mutating func endStage() {
        guard case .evaluate? = stage else { return }
        if let accuracy = rates.evaluated.accuracy { evaluated = (progress.stage, accuracy) }
        rates.endEvaluation()
    }

    // MARK: The run

    private var stage: Stage? { recipe.stages.first { $0.name == progress.stage } }

    private func runLine(_ status: Status, at now: ContinuousClock.Instant) -> String {
        var parts = [progress.text.isEmpty ? "starting" : progress.text]
        if let rollouts = rates.rolloutsPerSecond, let tokens = rates.tokensPerSecond {
            parts.append("\(Int(rollouts)) rollouts/s, \(tokens.whole) tokens/s")
        }
        if case .evaluate = stage {
            if let share = rates.evaluated.accuracy { parts.append("accuracy \(percent(share)) so far") }
        } else if stage?.rollouts != nil, let share = rates.graded.accuracy {
            parts.append("reward \(rounded(share))")
        }
        if let evaluated { parts.append("accuracy \(percent(evaluated.accuracy)) (\(evaluated.name))") }
        parts += progress.figures.map { "\($0.name) \(rounded($0.value))" }
        if progress.tooLong > 0 { parts.append("\(progress.tooLong) examples too long") }
        parts.append("policy v\(status.policyVersion)")
        if let remaining = remaining(at: now) { parts.append("stage ends in about \(remaining)") }
        let dead = status.queues.reduce(0) { $0 + $1.dead }
        if dead > 0 { parts.append("\(dead) dead letters") }
        return (parts + status.notices).joined(separator: " · ")
    }

    /// How much of the stage is done, from 0 to 1: a round on the policy's own rollouts is half sampling, half training; supervised
    /// learning is all training, evaluation all sampling.
    private var share: Double {
        guard progress.rounds > 0 else { return 0 }
        var sampling: (weight: Double, rollouts: Int, graded: Int) = (0, 0, 0)
        if case .evaluate(let stage) = stage {
            sampling = (1, stage.problems * stage.rollouts, rates.evaluated.all)
        } else if let stage = stage?.rollouts {
            sampling = (0.5, stage.problemsPerRound * stage.rolloutsPerProblem, rates.graded.all)
        }
        // At decision point n the experience of round n - 1 is trained on, then round n is sampled.
        let rounds: Double
        if progress.isTraining {
            let trained = Double(progress.update) / Double(progress.updates)
            rounds = Double(progress.round - 1) + sampling.weight + (1 - sampling.weight) * trained
        } else {
            let sampled = sampling.rollouts > 0 ? min(1, Double(sampling.graded) / Double(sampling.rollouts)) : 0
            rounds = Double(progress.round) + sampling.weight * sampled
        }
        return min(1, max(0, rounds / Double(progress.rounds)))
    }

    /// How long the stage will still take at the pace that it has had; nil while that is too little to tell.
    private func remaining(at now: ContinuousClock.Instant) -> String? {
        guard let stageBegan, now - stageBegan.at > .seconds(2), share - stageBegan.share > 0.01, share < 1 else {
            return nil
        }
        let seconds = (now - stageBegan.at) / .seconds(1) * (1 - share) / (share - stageBegan.share)
        return seconds < 100 ? "\(Int(seconds.rounded(.up))) s" : "\(Int((seconds / 60).rounded(.up))) min"
    }

    // MARK: The services

    /// For each role how many of its processes are there and whether they have work, and every process that is not there.
    private static func serviceLine(_ status: Status, _ children: [Supervisor.ChildStatus]) -> String {
        var parts: [String] = []
        for role in [Role.learner, .generator, .sampler, .verifier, .advantage] {
            let wanted = children.count { $0.name.hasPrefix("\(role)-") && !$0.isEnding }
            let workers = status.workers.filter { $0.role == role && $0.silentMilliseconds < silentMilliseconds }
            guard wanted > 0 || !workers.isEmpty else { continue }
            let work = workers.contains { $0.leases > 0 } ? "at work" : "waiting"
            parts.append(
                "\(role) \(workers.count)/\(max(wanted, workers.count)) " + (workers.isEmpty ? "to come" : work))
        }
        for child in children where child.processID == nil && child.startCount > 0 && !child.isEnding {
            parts.append("\(child.name) is down" + (child.lastEnd.map { ": it \($0)" } ?? ""))
        }
        parts += children.filter { $0.startCount > 1 }.map { "\($0.name) was started \($0.startCount) times" }
        return parts.joined(separator: " · ")
    }

    /// A worker that was not heard for so long is not counted as there.
    private static let silentMilliseconds = 5_000

    private func rounded(_ value: Double) -> String { "\((value * 1_000).rounded() / 1_000)" }
}
