import Basics
public import Problems

/// Evolves the questions of a data set by asking a model, and finds their answers by a vote over its solutions.
///
/// Each new question is asked for by one strategy, read, compared with all that there are, solved K times, and kept with the answer that
/// enough solutions agree on. A question that was refused is not asked again: a later vote on the same words would only try its luck.
///
/// - Source: MuggleMath (arXiv 2310.05506), for the strategies and for answers by the model; the rules for what is kept are ours.
public struct TextEvolution: Sendable {
    /// The model: gives one reply for each request, in their order, without the prompt and without tokens that are no text.
    public typealias Model = @Sendable (_ requests: [ModelRequest]) async throws -> [String]

    /// What is asked, and what is kept.
    public let settings: Settings

    /// Checks the settings.
    ///
    /// - Throws: `EvolutionError` with `settingOutOfRange` for the first setting that is.
    public init(_ settings: Settings = Settings()) throws(EvolutionError) {
        try settings.validate()
        self.settings = settings
    }

    /// Evolves a data set: a pure function of the settings, the arguments and the replies.
    ///
    /// - Parameters:
    ///   - seeds: the problems to begin with; only their questions and their ancestry are looked at.
    ///   - heldOut: problems that no new question may come near to; nil for none.
    ///   - model: writes questions and solutions.
    ///   - decided: is told of each question as soon as it is kept or refused, in their order.
    /// - Returns: every question that was asked for, kept or not, in their order.
    /// - Throws: `EvolutionError` with `wrongReplyCount`, and what `model` and `decided` throw.
    public func evolve(
        _ seeds: DataSet, heldOut: DataSet? = nil, model: Model,
        decided: @Sendable (EvolvedQuestion) async throws -> Void = { _ in }
    ) async throws -> [EvolvedQuestion] {
        var index = QuestionIndex(
            threshold: settings.duplicateSimilarity, seeds: seeds.problems.map(\.question),
            heldOut: heldOut?.problems.map(\.question) ?? [])
        var questions: [EvolvedQuestion] = []
        var parents = seeds.problems
        for generation in 1...settings.generations {
            let first = questions.count
            let tasks = parents.indices.flatMap { place in
                (0..<settings.questionsPerParent).map { child in
                    task(first + place * settings.questionsPerParent + child, generation, parents[place])
                }
            }
            for start in stride(from: 0, to: tasks.count, by: settings.batch) {
                let batch = Array(tasks[start..<min(start + settings.batch, tasks.count)])
                let made = try await evolve(batch, &index, model)
                for question in made { try await decided(question) }
                questions += made
            }
            parents = questions[first...].compactMap(\.problem)
        }
        return questions
    }

    /// A question that is to be made.
    private struct Task {
        let number: Int
        let generation: Int
        let parent: Problem
        let strategy: EvolutionStrategy
    }

    private func task(_ number: Int, _ generation: Int, _ parent: Problem) -> Task {
        Task(
            number: number, generation: generation, parent: parent,
            strategy: settings.strategies[number % settings.strategies.count])
    }

    // MARK: A batch

    private func evolve(_ tasks: [Task], _ index: inout QuestionIndex, _ model: Model) async throws -> [EvolvedQuestion]
    {
        let replies = try await complete(tasks.map(questionRequest), by: model)
        var read: [(question: String?, refusal: Refusal?)] = []
        for (task, reply) in zip(tasks, replies) { read.append(self.read(reply, task, &index)) }

        let fresh = tasks.indices.filter { read[$0].refusal == nil }
        let requests = fresh.flatMap { place in
            (0..<settings.paths).map { solutionRequest(tasks[place], read[place].question ?? "", path: $0) }
        }
        let solutions = try await complete(requests, by: model).map(SolutionPrompt.solution)
        let paths = Dictionary(
            uniqueKeysWithValues: fresh.enumerated().map { turn, place in
                (place, Array(solutions[(turn * settings.paths)..<((turn + 1) * settings.paths)]))
            })
        return tasks.indices.map { place in
            decide(tasks[place], read[place].question, read[place].refusal, paths[place] ?? [])
        }
    }

    /// The question in a reply, and why it is not gone on with.
    private func read(_ reply: String, _ task: Task, _ index: inout QuestionIndex) -> (String?, Refusal?) {
        var question: String?
        do throws(Refusal) {
            let read = try NewQuestion.read(
                reply, parent: task.parent.question, mostCharacters: settings.mostQuestionCharacters)
            question = read
            try index.insert(read)
            return (read, nil)
        } catch {
            return (question, error)
        }
    }

    private func decide(_ task: Task, _ question: String?, _ refusal: Refusal?, _ paths: [String]) -> EvolvedQuestion {
        guard let question, refusal == nil else {
            return evolved(task, question, nil, 0, .failure(refusal ?? .emptyReply))
        }
        let vote = AnswerVote(paths: paths, rule: settings.answers)
        guard let answer = vote.answer else {
            return evolved(task, question, vote, 0, .failure(.noAnswer(paths: paths.count)))
        }
        let majority = MajorityPaths(vote.supporters.map { paths[$0] })
        let outcome = Result { () throws(Refusal) -> Problem in
            try vote.check(minimumAgreement: settings.minimumAgreement)
            return Problem(
                question: question, referenceAnswer: answer,
                referenceSolution: majority.referenceSolution(answer: answer),
                ancestry: task.parent.ancestry + [Ancestor(key: task.parent.question, strategy: task.strategy.rawValue)]
            )
        }
        return evolved(task, question, vote, majority.distinctCount, outcome)
    }

    private func evolved(
        _ task: Task, _ question: String?, _ vote: AnswerVote?, _ distinctPathCount: Int,
        _ outcome: Result<Problem, Refusal>
    ) -> EvolvedQuestion {
        EvolvedQuestion(
            number: task.number, generation: task.generation, parent: task.parent, strategy: task.strategy,
            question: question, vote: vote, distinctPathCount: distinctPathCount, outcome: outcome)
    }

    // MARK: Asking

    private func questionRequest(_ task: Task) -> ModelRequest {
        ModelRequest(
            purpose: .question(task.strategy), prompt: task.strategy.prompt(for: task.parent.question),
            seed: seed("\(task.number)"), temperature: settings.temperature, maximumTokens: settings.questionTokens)
    }

    private func solutionRequest(_ task: Task, _ question: String, path: Int) -> ModelRequest {
        ModelRequest(
            purpose: .solution(of: question), prompt: SolutionPrompt.text(for: question),
            seed: seed("\(task.number)/\(path)"), temperature: settings.temperature,
            maximumTokens: settings.solutionTokens)
    }

    private func seed(_ name: String) -> UInt64 {
        var generator = SeededGenerator(seed: settings.seed, name: "text-evolution/\(name)")
        return generator.next()
    }

    /// Asks the model in batches.
    private func complete(_ requests: [ModelRequest], by model: Model) async throws -> [String] {
        var replies: [String] = []
        for start in stride(from: 0, to: requests.count, by: settings.batch) {
            let batch = Array(requests[start..<min(start + settings.batch, requests.count)])
            let some = try await model(batch)
            guard some.count == batch.count else {
                throw EvolutionError(
                    .wrongReplyCount,
                    "A model gives one reply for each request; got \(some.count) for \(batch.count). Give an empty text where there is none."
                )
            }
            replies += some
        }
        return replies
    }
}
