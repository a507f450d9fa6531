import Basics
import Blobs
public import Foundation
public import LanguageModel
public import Logging
import Objectives
import Problems
import Recipe
public import ServiceKit
public import ServiceLifecycle
import Tokenization
import Wire

/// Drives the recipe's stages, trains, checkpoints and publishes policy versions.
///
/// It holds one decision point at a time. At each it first trains on the experience of the round before, in an order that
/// depends on nothing but the run's seed, then orders the next round. Everything it must not forget is in the ledger, so
/// a learner that was killed goes on where its last checkpoint stands, and ends in the same weights.
public actor Learner: Service {
    let connection: HubConnection
    let logger: Logger
    private let threadCount: Int
    private let precision: Precision
    private let folder: URL
    private let blobs: BlobStore
    private var state: TrainingState?
    private var tokens: UInt64 = 0
    private var progress = Progress()

    /// Makes a learner.
    ///
    /// - Parameters:
    ///   - threadCount: threads to compute with.
    ///   - precision: of the products' operands, fp32 or bf16.
    ///   - folder: where files are put before they are uploaded.
    public init(_ connection: HubConnection, threadCount: Int, precision: Precision, folder: URL, logger: Logger) throws
    {
        self.connection = connection
        self.threadCount = threadCount
        self.precision = precision
        self.folder = folder
        self.logger = logger
        blobs = try BlobStore(directory: folder)
    }

    /// Learns until the run is over.
    public func run() async throws {
        let recipe: Recipe
        do {
            recipe = try Recipe(yaml: try await connection.welcomed().recipeYAML, file: "the run's recipe")
        } catch let error as RecipeError {
            throw ServiceError(.input, "The run's recipe cannot be read: \(error)")
        }
        let leases = await connection.leases(of: .stages, capacity: 1)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for await lease in leases { try await self.decide(lease, RunPlan(recipe: recipe)) }
            }
            group.addTask {
                // What is not in a checkpoint yet is done again by the next learner.
                try? await gracefulShutdown()
                await self.connection.withdraw(.stages)
                throw CancellationError()
            }
            do {
                try await group.next()
            } catch is CancellationError {
                // A graceful end.
            }
            group.cancelAll()
        }
    }

    // MARK: Decision points

    private func decide(_ lease: Lease, _ plan: RunPlan) async throws {
        await connection.note(waitingFor: nil)
        let point = try DecisionPoint(decoding: lease.item.body)
        let stage = plan.recipe.stages[point.stage]
        progress.begin(stage: stage.name, round: point.round, of: plan.roundCount(of: stage))
        await report()
        var policyVersion = lease.policyVersion
        if point.round > 0, lease.unconsumedExperience > 0 {
            policyVersion = try await train(stage, point.stage, round: point.round - 1, plan, lease)
        }
        let next = plan.next(after: point)
        var complete = Complete(leases: [lease.id])
        if point.round < plan.roundCount(of: stage) {
            let curriculum = try curriculum(after: point, stage, plan, lease)
            let orders = plan.orders(
                stage: point.stage, round: point.round, policyVersion: policyVersion, curriculum: curriculum)
            complete.groups = [
                NewGroup(
                    number: 1, size: orders.count, kind: .round, owns: SlotRange(first: 0, count: 1),
                    whenFull: Self.item(
                        DecisionPoint(
                            stage: point.stage, round: point.round + 1, passRates: curriculum?.passRates ?? [],
                            difficulty: curriculum?.difficulty ?? 0)))
            ]
            complete.items = orders.enumerated().map { index, order in
                NewItem(
                    item: Item(
                        id: "\(index)", queue: .orders, purpose: plan.purpose(of: stage), stage: point.stage,
                        round: point.round, body: order.encoded()),
                    group: 1, owns: SlotRange(first: index, count: 1))
            }
        } else if let next {
            complete.items = [NewItem(item: Self.item(next), group: 0, owns: SlotRange(first: 0, count: 1))]
        } else {
            complete.endings = [SlotEnding(group: 0, slot: 0, end: .result)]
        }
        try await connection.complete(complete)
        await connection.note(
            waitingFor: next == nil ? nil : "the outcomes of stage \(stage.name), round \(point.round)")
    }

    /// How the policy did in the rounds before a decision point; nil where the stage has no curriculum.
    private func curriculum(
        after point: DecisionPoint, _ stage: Stage, _ plan: RunPlan, _ lease: Lease
    ) throws -> RoundCurriculum? {
        guard stage.rollouts?.curriculum == true else { return nil }
        let problems = plan.recipe.problems
        var curriculum = RoundCurriculum(
            point, levels: problems.file == nil ? ProblemFamilies.levels(ofFamily: problems.family.rawValue) : [])
        if point.round > 0 {
            try curriculum.add(lease.members)
            for line in curriculum.lines { logger.info("\(stage.name), after round \(point.round): \(line)") }
        }
        return curriculum
    }

    private static func item(_ point: DecisionPoint) -> Item {
        Item(
            id: "\(point.stage).\(point.round)", queue: .stages, purpose: .control, stage: point.stage,
            round: point.round, body: point.encoded())
    }

    // MARK: Training

    /// Trains on all of a round's experience that no checkpoint has; returns the newest policy version.
    private func train(
        _ stage: Stage, _ stageIndex: Int, round: Int, _ plan: RunPlan, _ lease: Lease
    ) async throws -> UInt64 {
        let settings: Settings
        let recomputes = plan.recipe.services.learner.recomputeActivations
        switch stage {
        case .supervised(let supervised): settings = Settings(supervised, recomputesActivations: recomputes)
        case .rejectionSampling(let sampling): settings = Settings(sampling, recomputesActivations: recomputes)
        case .preference(let preference): settings = try Settings(preference, recomputesActivations: recomputes)
        case .reinforcement(let reinforcement):
            settings = try Settings(reinforcement, recomputesActivations: recomputes)
        case .evaluate: return lease.policyVersion
        }
        guard let policyBlob = settings.startsFromBase ? lease.basePolicyBlob : lease.policyBlob else {
            throw LearnerError("A decision point names the newest policy and the first; \(lease.item.id) does not.")
        }
        let policy = try Model.load(try await connection.fetch(policyBlob, into: blobs).path)
        let seed = try await connection.welcomed().seed
        try await restore(stageIndex, settings, policy, policyBlob, lease, seed: seed)
        await connection.note(
            waitingFor: "\(lease.unconsumedExperience) experience of stage \(stage.name), round \(round)")
        let examples = try await experience(
            stage: stageIndex, round: round, count: Int(lease.unconsumedExperience), seed: seed,
            tokenizer: policy.tokenizer
        ).normalised(by: settings.normalisation)
        await connection.note(waitingFor: nil)
        var reference: ReferencePolicy?
        if settings.objective.needsReference {
            let scorer = Scorer(model: policy, precision: precision, threadCount: threadCount)
            reference = ReferencePolicy { try scorer.logProbabilities(of: $0) }
        }
        let contextLength = policy.shape.contextLength
        let updates = (examples.count + settings.batchSize - 1) / settings.batchSize * settings.epochs
        let schedule = settings.scheduleOfRound?(updates)
        var updateOfRound = 0
        progress.begin(
            updates: updates,
            tooLong: warn(of: examples, longerThan: contextLength, stage, round: round))

        let publishes = plan.publishes(afterRound: round, of: stage)
        var consumed = 0
        while consumed < examples.count {
            let part = examples[
                consumed..<min(examples.count, consumed + settings.batchSize * settings.updatesPerCheckpoint)]
            for _ in 0..<settings.epochs {
                for start in stride(from: part.startIndex, to: part.endIndex, by: settings.batchSize) {
                    // What is dropped keeps its place, so that batches do not depend on where a checkpoint was made.
                    let batch = part[start..<min(part.endIndex, start + settings.batchSize)]
                    try await update(
                        batch.filter { $0.length <= contextLength }, settings, reference,
                        learningRate: schedule?.rate(update: updateOfRound))
                    updateOfRound += 1
                }
            }
            consumed = part.endIndex
            try await checkpoint(consuming: part, publishes: publishes && consumed == examples.count)
        }
        return lease.policyVersion + (publishes ? 1 : 0)
    }

    /// Takes up the checkpoint that the ledger names, unless it is what this process has in memory already.
    private func restore(
        _ stage: Int, _ settings: Settings, _ policy: Model, _ policyBlob: ContentHash, _ lease: Lease, seed: UInt64
    ) async throws {
        let newest = lease.checkpoint
        if !settings.startsFromBase, let state, state.stage == stage, state.checkpoint == newest?.number ?? 0 { return }
        state = nil
        // A round on the policy's own rollouts is one checkpoint, so none is in the middle of a round that starts anew.
        if !settings.startsFromBase, let newest, let blob = newest.blob {
            let checkpoint = try Checkpoint(try await connection.fetch(blob, into: blobs).path)
            var base: Model?
            if TrainingState.isSaved(in: checkpoint, for: stage), checkpoint.adapter != nil,
                let sha256 = checkpoint.base
            {
                base = try Model.load(try await connection.fetch(sha256, into: blobs).path)
            }
            state = try TrainingState(
                restoring: newest, checkpoint, base: base, stage: stage, settings: settings, precision: precision,
                threadCount: threadCount)
            if state != nil { logger.info("Going on from checkpoint \(newest.number).") }
        }
        if state == nil {
            state = try TrainingState(
                stage: stage, policy: policy, base: policyBlob, settings: settings, seed: seed, after: newest,
                precision: precision, threadCount: threadCount)
        }
    }

    /// Leases a round's experience, all of it, and puts it in the order of training: by a hash of the run's seed and the
    /// item's id, so that the order depends neither on the order of arrival nor on what a checkpoint has consumed.
    private func experience(
        stage: Int, round: Int, count: Int, seed: UInt64, tokenizer: Tokenizer
    ) async throws -> [Example] {
        let leases = await connection.leases(of: .experience, capacity: count, stage: stage, round: round)
        var examples: [(key: UInt64, example: Example)] = []
        examples.reserveCapacity(count)
        for await lease in leases {
            var generator = SeededGenerator(seed: seed, name: lease.item.id)
            examples.append((generator.next(), try Example(lease, tokenizer: tokenizer)))
            if examples.count == count { break }
        }
        guard examples.count == count else {
            throw ServiceError(.closed, "The run ended while \(count - examples.count) experience were still to come.")
        }
        return examples.sorted { ($0.key, $0.example.id) < ($1.key, $1.example.id) }.map(\.example)
    }

    /// Names the examples that the model has no room for, and returns how many there are. They are consumed like all
    /// others, but not trained on.
    private func warn(
        of examples: [Example], longerThan contextLength: Int, _ stage: Stage, round: Int
    ) -> Int {
        let tooLong = examples.filter { $0.length > contextLength }
        for example in tooLong {
            logger.warning(
                "\(example.id) is not trained on: it has \(example.length) tokens, and the model's context holds \(contextLength)."
            )
        }
        if tooLong.count == examples.count {
            logger.warning(
                "Nothing is trained on in stage \(stage.name), round \(round): none of the \(examples.count) examples to come fits the model's context of \(contextLength) tokens. The weights stay as they are. Take shorter problems, or a model with a longer context."
            )
        }
        return tooLong.count
    }

    private func update(
        _ batch: [Example], _ settings: Settings, _ reference: ReferencePolicy?, learningRate: Float?
    ) async throws {
        guard let state else { return }
        guard !batch.isEmpty else {
            progress.passUpdate()
            return
        }
        var objective = try BatchObjective(settings.objective, batch: batch)
        for indices in try state.trainer.batches(of: batch.map(\.sequences)) {
            let pack = indices.map { batch[$0] }
            // A service that is to end has seconds, and an update of a large model takes longer.
            try Task.checkCancellation()
            let sequences = PackedBatch(pack.flatMap(\.sequences))
            let referred = try reference?.logProbabilities(of: pack) ?? []
            try state.trainer.accumulate(sequences) { policy in
                objective.weights(pack, policy: policy, reference: referred)
            }
            tokens += UInt64(sequences.rowCount)
            // A learner whose count does not rise is taken for one that hangs.
            await connection.note(tokens: tokens)
        }
        let report = state.trainer.update(learningRate: learningRate)
        guard report.gradientNorm.isFinite else {
            throw ServiceError(
                .input,
                "An update's gradient is finite; in \(progress.place) it was not, and nothing was changed by it. Lower the stage's learning_rate, or start from an earlier policy: the newest may have diverged."
            )
        }
        progress.add(objective.report, report)
        self.state?.updates += 1
        await self.report()
    }

    // MARK: Checkpoints

    /// Uploads the checkpoint, and the policy if it is to be published; then one completion consumes the experience.
    private func checkpoint(consuming examples: ArraySlice<Example>, publishes: Bool) async throws {
        guard var state else { return }
        for example in examples { state.chain.append(id: example.id, body: example.body) }
        state.checkpoint += 1
        let file = folder.appendingPathComponent("checkpoint.gguf")
        try state.write(file)
        var output = CheckpointOutput(
            number: state.checkpoint, blob: try await connection.upload(file), chain: state.chain.head,
            updates: state.updates, publishes: publishes)
        if publishes {
            let policy = folder.appendingPathComponent("policy.gguf")
            try state.trainer.writeModel(policy.path)
            output.policyBlob = try await connection.upload(policy)
        }
        try await connection.complete(Complete(leases: examples.map(\.lease), checkpoint: output))
        self.state = state
    }

    private func report() async {
        await connection.note(progress: progress.json)
    }
}
