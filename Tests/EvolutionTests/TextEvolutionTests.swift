import Evolution
import Mathematics
import Problems
import Synchronization
import Testing

@Suite struct `Text evolution` {
    private func dataSet(_ questions: String...) -> DataSet {
        DataSet(problems: questions.map { Problem(question: $0, referenceAnswer: "1", referenceSolution: nil) })
    }

    private func settings(_ change: (inout TextEvolution.Settings) -> Void) -> TextEvolution.Settings {
        var settings = TextEvolution.Settings()
        settings.seed = 5
        change(&settings)
        return settings
    }

    /// A model that writes questions of its own words, and agrees on some answers.
    private static func lively() -> ScriptedModel {
        ScriptedModel(
            question: { prompt, strategy, seed in
                switch seed % 7 {
                case 0: "Sure!"
                case 1: "How many cats are there?"
                default:
                    "New problem: There are \(seed % 97) \(strategy.rawValue) w\(seed % 1_009) cats v\(seed % 1_013). How many?"
                }
            },
            solution: { question, seed in
                let right = question.utf8.count
                return switch seed % UInt64(2 + right % 5) {
                case 0: "Let us see.\n#### \(right)"
                case 1: "So \(right) + 0 = \(right).\n#### \(right).0"
                case 2: "#### \(seed % 13)"
                default: "I do not know."
                }
            })
    }

    // MARK: Every end of a question

    /// For each strategy in turn one reply, and the solutions of it.
    private static let script: [(reply: String, answers: [String])] = [
        ("Ann has 31 pens. How many pens has she?", ["#### 31", "It is $\\boxed{31}$.", "#### 30", "#### 31.0"]),
        ("New question:", []),
        ("Ben has many pens.", []),
        ("ANN has 3 pens - how many pens has she", []),
        ("How \0?", []),
        (String(repeating: "How many? ", count: 101), []),
        ("Ben has 5 caps. How many caps has he?", []),
        ("Ann has 31 pens. How many pens has she?", []),
        ("The lake is 90 km wide. How wide is the lake?", []),
        ("How many stars are there?", ["I", "do", "not", "know."]),
        ("How old is the sea?", ["#### 1", "#### 2", "#### 3", "#### 1"]),
        ("How deep is the well?", ["#### 1", "#### 2", "#### 2", "#### 1"]),
        ("How tall is the tree?", ["#### 1", "#### 2", "#### 3", "none"]),
        ("How tall is the tree?!", []),
    ]

    private static func scripted() -> ScriptedModel {
        let turns = Mutex<[String: Int]>([:])
        /// How often it was called with a text before.
        @Sendable func turn(_ text: String) -> Int {
            turns.withLock { turns in
                turns[text, default: -1] += 1
                return turns[text, default: 0]
            }
        }
        return ScriptedModel(
            question: { _, _, _ in script[turn("")].reply },
            solution: { question, _ in
                let entry = script.first { $0.reply == question && !$0.answers.isEmpty }
                return entry?.answers[turn(question)] ?? "No solution of \(question) is in the script."
            })
    }

    private func scriptedQuestions(batch: Int = 64) async throws -> [EvolvedQuestion] {
        let evolution = try TextEvolution(
            settings {
                $0.questionsPerParent = Self.script.count
                $0.paths = 4
                $0.minimumAgreement = 0.5
                $0.batch = batch
            })
        let model = Self.scripted()
        return try await evolution.evolve(
            dataSet("Ann has 3 pens. How many pens has she?"),
            heldOut: dataSet("Ben has 5 caps. How many caps has he?", "The lake is 7 km wide. How wide is the lake?"),
            model: { model.reply($0) })
    }

    @Test func `ends each question in one way, with its reason`() async throws {
        let questions = try await scriptedQuestions()
        let (ann, ben) = ("Ann has 31 pens. How many pens has she?", "Ben has 5 caps. How many caps has he?")
        #expect(
            questions.map(\.refusal) == [
                nil, .emptyReply, .noQuestion("Ben has many pens."), .sameAsParent, .damagedText,
                .tooLong(characters: 1_009, limit: 1_000), .duplicate(of: ben, in: .heldOut, similarity: 1),
                .duplicate(of: ann, in: .evolved, similarity: 1),
                .duplicate(of: "The lake is 7 km wide. How wide is the lake?", in: .heldOut, similarity: 1),
                .noAnswer(paths: 4), nil, .tie(votes: 2, paths: 4),
                .disagreement(votes: 1, paths: 4, minimumAgreement: 0.5),
                // What the paths disagreed on once is not voted on again.
                .duplicate(of: "How tall is the tree?", in: .evolved, similarity: 1),
            ])
        #expect(
            questions[0].problem
                == Problem(
                    question: ann, referenceAnswer: "31", referenceSolution: "#### 31",
                    ancestry: [Ancestor(key: "Ann has 3 pens. How many pens has she?", strategy: "change-numbers")]))
        #expect(questions[0].vote?.agreement == 0.75)
        #expect(questions.allSatisfy { ($0.refusal == nil) != ($0.problem == nil) })
        #expect(questions.allSatisfy { $0.refusal?.description.hasSuffix(".") ?? true })
        #expect(questions.map(\.strategy) == questions.map { EvolutionStrategy.allCases[$0.number % 5] })
    }

    @Test func `reports counts by strategy that add up`() async throws {
        let report = EvolutionReport(try await scriptedQuestions())
        let total = report.total
        #expect(
            [total.asked, total.kept, total.unreadable, total.duplicates, total.noAnswer, total.disagreed] == [
                14, 2, 5, 4, 1, 2,
            ])
        // Of 4 paths 3, 0, 2, 2 and 1 agreed.
        #expect(total.meanAgreement == 8.0 / 20)
        for (strategy, counts) in report.byStrategy {
            #expect(
                counts.asked == counts.kept + counts.unreadable + counts.duplicates + counts.noAnswer
                    + counts.disagreed,
                "\(strategy)")
        }
        #expect(report.byStrategy[.changeNumbers]?.asked == 3 && report.byStrategy[.moreComplex]?.asked == 2)
        #expect(report.byStrategy.values.reduce(0) { $0 + $1.asked } == 14)
        #expect(
            report.byStrategy[.combineConcepts]?.meanAgreement == 0.25
                && report.byStrategy[.moreComplex]?.meanAgreement == 0)
        #expect(EvolutionReport().total.meanAgreement == nil && EvolutionReport().total.meanDistinctPaths == nil)
    }

    // MARK: Properties

    @Test func `comes out alike for the same replies, whatever the batch, and not for another seed`() async throws {
        let seeds = dataSet("How many dogs bark?", "How many birds sing?", "How many fish swim?")
        func run(seed: UInt64, batch: Int) async throws -> [EvolvedQuestion] {
            let model = Self.lively()
            let questions = try await TextEvolution(
                settings {
                    ($0.seed, $0.batch, $0.generations, $0.minimumAgreement) = (seed, batch, 3, 0.3)
                }
            ).evolve(seeds, model: { model.reply($0) })
            #expect(model.calls.withLock { $0.allSatisfy { (1...batch).contains($0.count) } })
            return questions
        }
        let questions = try await run(seed: 1, batch: 64)
        #expect(questions.count > 60)
        for batch in [1, 3, 1_000] { #expect(try await run(seed: 1, batch: batch) == questions, "batch \(batch)") }
        #expect(try await run(seed: 2, batch: 64) != questions)
    }

    @Test func `keeps whole chains of ancestors, and problems that a data set holds and their own solutions solve`()
        async throws
    {
        let seeds = dataSet("How many dogs bark?", "How many birds sing?")
        let model = Self.lively()
        let told = Mutex<[EvolvedQuestion]>([])
        let questions = try await TextEvolution(
            settings { ($0.generations, $0.minimumAgreement, $0.questionsPerParent) = (3, 0.3, 7) }
        ).evolve(seeds, model: { model.reply($0) }, decided: { question in told.withLock { $0.append(question) } })
        #expect(told.withLock(\.self) == questions)
        #expect(questions.map(\.number) == Array(questions.indices))

        let problems = questions.compactMap(\.problem)
        #expect(Set(questions.filter { $0.problem != nil }.map(\.generation)) == [1, 2, 3])
        #expect(problems.count > 40, "\(problems.count)")
        for question in questions {
            guard let problem = question.problem else { continue }
            #expect(problem.ancestry.count == question.generation)
            #expect(problem.ancestry.dropLast() == question.parent.ancestry[...])
            #expect(
                problem.ancestry.last == Ancestor(key: question.parent.question, strategy: question.strategy.rawValue))
            #expect(seeds.problems.map(\.question).contains(problem.ancestry[0].key))
            #expect(problem.grade(try #require(problem.referenceSolution)).verdict == .correct, "\(problem)")
            #expect(question.distinctPathCount >= 1)
        }
        #expect(Set(problems.map(\.question)).count == problems.count)
        let set = DataSet(problems: problems)
        #expect(try DataSet(jsonLines: set.jsonLines()) == set)
    }

    @Test func `asks for each solution by a seed of its own, and of no question that was refused`() async throws {
        let model = Self.lively()
        let questions = try await TextEvolution(settings { ($0.paths, $0.questionsPerParent) = (6, 40) })
            .evolve(dataSet("How many dogs bark?"), model: { model.reply($0) })
        let requests = model.requests
        #expect(Set(requests.map(\.seed)).count == requests.count)
        let solved = requests.compactMap { if case .solution(let question) = $0.purpose { question } else { nil } }
        let voted = questions.filter { $0.vote != nil }.compactMap(\.question)
        #expect(voted.count < 40 && solved == voted.flatMap { Array(repeating: $0, count: 6) })
        #expect(requests.allSatisfy { $0.temperature == 0.7 && $0.maximumTokens == (isSolution($0) ? 512 : 256) })
        #expect(requests.filter(isSolution).allSatisfy { request in solved.contains { request.prompt.contains($0) } })
    }

    private func isSolution(_ request: ModelRequest) -> Bool {
        if case .solution = request.purpose { true } else { false }
    }

    // MARK: Guards

    @Test func `goes on without parents, and refuses a model that does not reply to all`() async throws {
        let evolution = try TextEvolution(settings { $0.generations = 3 })
        let silent = try await evolution.evolve(dataSet("How many?"), model: { $0.map { _ in "" } })
        #expect(silent.map(\.refusal) == Array(repeating: .emptyReply, count: 5))
        let error = await #expect(throws: EvolutionError.self) {
            try await evolution.evolve(dataSet("How many?"), model: { $0.dropLast().map { _ in "" } })
        }
        #expect(error?.code == .wrongReplyCount && error?.message.contains("4 for 5") == true)
    }

    private typealias Change = @Sendable (inout TextEvolution.Settings) -> Void

    private static let changes: [(name: String, change: Change)] = [
        ("strategy", { $0.strategies = [] }), ("questionsPerParent", { $0.questionsPerParent = 0 }),
        ("generations", { $0.generations = 0 }), ("paths", { $0.paths = 0 }), ("batch", { $0.batch = -1 }),
        ("minimumAgreement", { $0.minimumAgreement = 0 }), ("minimumAgreement", { $0.minimumAgreement = 1.01 }),
        ("duplicateSimilarity", { $0.duplicateSimilarity = .nan }), ("temperature", { $0.temperature = 0 }),
        ("temperature", { $0.temperature = .infinity }), ("questionTokens", { $0.questionTokens = 0 }),
        ("solutionTokens", { $0.solutionTokens = 0 }), ("mostQuestionCharacters", { $0.mostQuestionCharacters = 0 }),
    ]

    @Test(arguments: changes.indices) func `refuses settings by name`(place: Int) {
        let (name, change) = Self.changes[place]
        let error = #expect(throws: EvolutionError.self) { try TextEvolution(settings(change)) }
        #expect(error?.code == .settingOutOfRange && error?.message.contains(name) == true, "\(error?.message ?? "")")
    }
}
