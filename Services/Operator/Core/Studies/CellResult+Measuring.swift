import Credit
import Foundation
import LanguageModel
import Ledger
import Recipe
import ServiceKit
import Studies
import Tokenization
import Wire

extension CellResult {
    /// Fills in what a finished run says.
    ///
    /// - Parameter before: the evaluation on test problems of the policy that it began with; empty if there is none.
    mutating func measure(
        _ run: RunFolder, _ recipe: Recipe, keeps: KeptPolicy, before: [EvaluationResult]
    ) throws {
        let kept = try run.keptVersion(keeps, recipe)
        keptPolicyVersion = kept
        let found = try Ledger.evaluations(path: run.ledger.path, blobs: run.blobs)
        for evaluation in found {
            guard case .evaluate(let stage) = recipe.stages[evaluation.stage] else { continue }
            guard evaluation.grades.count == stage.problems else {
                throw ServiceError(
                    .input,
                    "All problems of an evaluation are graded, or it cannot be compared; \(stage.name) has \(evaluation.grades.count) of \(stage.problems). eightfold status tells the dead letters, eightfold requeue tries them again."
                )
            }
        }
        evaluations = try found.compactMap { evaluation in
            guard case .evaluate(let stage) = recipe.stages[evaluation.stage] else { return nil }
            return try Evaluation(
                stage: stage.name, split: stage.split.rawValue, policyVersion: evaluation.policyVersion,
                solved: evaluation.isCorrect,
                referenceFirstStepCount: evaluation.hasReferenceFirstStep.count { $0 },
                firstPitCounts: evaluation.firstPitCounts(),
                noAnswerCount: evaluation.grades.count { $0.first == .noAnswer }, rolloutCount: stage.rollouts,
                passAtK: evaluation.passAtK)
        }
        let after = found.first { $0.policyVersion == kept && recipe.split(ofStage: $0.stage) == .test }
        if let first = before.first, let after, first.grades.count == after.grades.count {
            let drift = FormatDrift(from: first.solutions, to: after.solutions).largest
            (formatDrift, driftingAspect) = (drift.distance, drift.aspect.rawValue)
        }
        try count(run, recipe)
    }

    private mutating func count(_ run: RunFolder, _ recipe: Recipe) throws {
        let tokenizer = try Model.load(run.policy(keeps: .newest, recipe).path).tokenizer
        var pits = PitCheck(tokenizer)
        let work = try Ledger.work(path: run.ledger.path, blobs: run.blobs) { experience in
            try pits.add(experience)
            guard experience.contextTokens.isEmpty else {
                // Both sequences of a pair begin with the context.
                let sequences = experience.kind == .preferencePair ? 2 : 1
                return sequences * experience.contextTokens.count + experience.chosenTokens.count
                    + experience.rejectedTokens.count
            }
            return TokenSequence(
                question: experience.question, solution: experience.solution, tokenizer: tokenizer
            ).tokens.count
        }
        rollouts = Count(count: work.rollouts.count, tokens: work.rollouts.tokens)
        continuations = Count(count: work.continuations.count, tokens: work.continuations.tokens)
        for (stage, experience) in work.experience {
            // Each epoch of a supervised stage is a round with experience of its own.
            let passes = recipe.stages[stage].rollouts?.epochs ?? 1
            trained.count += passes * experience.count
            trained.tokens += passes * experience.tokens
        }
        // What another run sampled took no time here.
        if work.takenOverCount > 0 { seconds = nil }
        updateCount = work.updateCount
        checkedPitCount = pits.checkedCount + work.outcomes.heldOutPits
        falsePitCount = pits.falseCount + work.outcomes.falsePits
        (correctStepCount, spuriousStepCount) = (work.outcomes.correctSteps, work.outcomes.spuriousSteps)
        pitCount = work.outcomes.pits + work.outcomes.heldOutPits
        problemCount = work.outcomes.problems
        correctCount = work.outcomes.correct
        incorrectCount = work.outcomes.incorrect + work.outcomes.noAnswer
    }
}

extension EvaluationResult {
    /// pass@k at the powers of 2 up to the rollouts of each problem, a mean over problems; empty for one rollout.
    fileprivate var passAtK: [Int: Double] {
        let counts = grades.map { grades in
            (graded: grades.count { $0 != .gradingError }, correct: grades.count { $0 == .correct })
        }
        guard let fewest = counts.map(\.graded).min(), fewest > 1 else { return [:] }
        var found: [Int: Double] = [:]
        var k = 1
        while k <= fewest {
            found[k] =
                counts.reduce(0) {
                    $0 + SampleMetrics.passAtK(sampleCount: $1.graded, correctCount: $1.correct, k: k)
                } / Double(counts.count)
            k *= 2
        }
        return found
    }
}
