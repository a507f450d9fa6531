public import Credit
public import LanguageModel
public import Mathematics
public import Problems
import ServiceKit
import Tokenization

/// How well a model solves problems: greedily, and by several samples of each.
public struct ModelEvaluation: Sendable, Equatable {
    /// Problems tried.
    public let problemCount: Int
    /// Problems that the greedy rollout solves.
    public let correctCount: Int
    /// Greedy rollouts without an answer.
    public let noAnswerCount: Int
    /// What several samples tell; nil if none were asked for.
    public let samples: Samples?

    /// What several samples of each problem tell, each figure a mean over the problems.
    public struct Samples: Sendable, Equatable {
        /// K: samples of each problem.
        public let count: Int
        /// The temperature they were decoded at.
        public let temperature: Float
        /// The mean reward.
        public let mean: Double
        /// The credit of a majority vote; nil where the question tells the answer, so that there is nothing to vote on.
        public let majority: Double?
        /// The share of problems that at least one sample solves.
        public let pass: Double
    }

    /// The share of problems solved greedily; there is at least one problem.
    public var accuracy: Double { Double(correctCount) / Double(problemCount) }
    /// Its 95% interval.
    public var interval: ConfidenceInterval { .accuracy(correctCount: correctCount, problemCount: problemCount) }

    /// What an evaluation is to do.
    public struct Plan: Sendable {
        /// Samples of each problem beside the greedy rollout; 1 for none.
        public var sampleCount: Int
        /// The temperature of the samples.
        public var temperature: Float
        /// The longest solution, in tokens.
        public var maximumTokens: Int
        /// How answers are found.
        public var answers: AnswerRule
        /// From which everything that is drawn at random follows.
        public var seed: UInt64
        /// Threads to compute with.
        public var threadCount: Int

        /// Plans an evaluation.
        public init(
            sampleCount: Int, temperature: Float, maximumTokens: Int, answers: AnswerRule = .strict, seed: UInt64,
            threadCount: Int
        ) {
            self.sampleCount = sampleCount
            self.temperature = temperature
            self.maximumTokens = maximumTokens
            self.answers = answers
            self.seed = seed
            self.threadCount = threadCount
        }
    }

    /// Evaluates a model.
    ///
    /// - Parameter problems: at least one.
    /// - Throws: `LanguageModelError` if a question does not fit the model's context, or a setting is out of its range.
    public init(_ model: Model, on problems: [Problem], _ plan: Plan) throws {
        precondition(!problems.isEmpty, "an evaluation of no problems")
        let prompts = problems.map { model.tokenizer.prompt(for: $0.question) }
        let greedy = try Self.solutions(prompts, model, plan, count: 1, temperature: 0).map { $0[0] }
        let verdicts = zip(greedy, problems).map { $1.grade($0, by: plan.answers).verdict }
        problemCount = problems.count
        correctCount = verdicts.count { $0.isCorrect }
        noAnswerCount = verdicts.count { $0 == .noAnswer }
        guard plan.sampleCount > 1 else {
            samples = nil
            return
        }
        let solutions = try Self.solutions(
            prompts, model, plan, count: plan.sampleCount, temperature: plan.temperature)
        samples = Samples(solutions, of: problems, plan)
    }

    /// The texts of each prompt's rollouts.
    private static func solutions(
        _ prompts: [[Token]], _ model: Model, _ plan: Plan, count: Int, temperature: Float
    ) throws -> [[String]] {
        let settings = try DecodingSettings(temperature: temperature, maximumNewTokens: plan.maximumTokens)
        let sampling = Sampling(model, settings: settings, seed: plan.seed, threadCount: plan.threadCount)
        var texts = Array(repeating: Array(repeating: "", count: count), count: prompts.count)
        try sampling.run(prompts, count: count) { texts[$0.request][$0.index] = model.tokenizer.decode($0.tokens) }
        return texts
    }

    /// For programs.
    public var json: JSONValue {
        .object([
            .init("problems", .integer(problemCount)), .init("correct", .integer(correctCount)),
            .init("no_answer", .integer(noAnswerCount)), .init("accuracy", .real(accuracy)),
            .init("interval", .list([.real(interval.lower), .real(interval.upper)])),
            .init("samples", samples?.json ?? .null),
        ])
    }

    /// For people.
    public var text: String {
        let greedy =
            "greedy accuracy \(percent(accuracy)) (95% interval \(percent(interval.lower)) to \(percent(interval.upper))), "
            + "\(correctCount) of \(problemCount) problems, \(noAnswerCount) without an answer"
        guard let samples else { return greedy }
        return greedy + "\n"
            + "at temperature \(samples.temperature), \(samples.count) samples each: mean \(percent(samples.mean)), "
            + "maj@\(samples.count) \(samples.majority.map(percent) ?? "none"), "
            + "pass@\(samples.count) \(percent(samples.pass))"
    }
}

extension ModelEvaluation.Samples {
    /// Measures the samples of each problem.
    init(_ solutions: [[String]], of problems: [Problem], _ plan: ModelEvaluation.Plan) {
        var (mean, majority, pass) = (0.0, 0.0, 0.0)
        for (texts, problem) in zip(solutions, problems) {
            let graded = texts.map { problem.grade($0, by: plan.answers) }
            let verdicts = graded.map(\.verdict)
            mean += SampleMetrics.meanReward(verdicts) ?? 0
            pass += SampleMetrics.passAtK(
                sampleCount: texts.count, correctCount: verdicts.count { $0.isCorrect }, k: texts.count)
            if problem.check == .answer {
                // Correct answers are one, whatever they were written like; others are taken as they were written.
                majority += SampleMetrics.majority(
                    answers: graded.map { $0.verdict.isCorrect ? problem.referenceAnswer : $0.answer },
                    reference: problem.referenceAnswer)
            }
        }
        let problemCount = Double(problems.count)
        self.init(
            count: solutions.first?.count ?? 0, temperature: plan.temperature, mean: mean / problemCount,
            majority: problems.allSatisfy { $0.check == .answer } ? majority / problemCount : nil,
            pass: pass / problemCount)
    }

    /// For programs.
    var json: JSONValue {
        .object([
            .init("k", .integer(count)), .init("temperature", .real(temperature)), .init("mean", .real(mean)),
            .init("maj_at_k", majority.map { .real($0) } ?? .null), .init("pass_at_k", .real(pass)),
        ])
    }
}
