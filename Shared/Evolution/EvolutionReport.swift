public import Problems

/// What became of the questions that were asked for, by strategy.
public struct EvolutionReport: Hashable, Sendable {
    /// Counts of questions. `unreadable`, `duplicates`, `noAnswer`, `disagreed` and `kept` add up to `asked`.
    public struct Counts: Hashable, Sendable {
        /// Questions that were asked for.
        public fileprivate(set) var asked = 0
        /// Replies without a question to go on with.
        public fileprivate(set) var unreadable = 0
        /// Questions that there were already.
        public fileprivate(set) var duplicates = 0
        /// Questions to which no path has an answer.
        public fileprivate(set) var noAnswer = 0
        /// Questions on whose answer the paths do not agree, ties among them.
        public fileprivate(set) var disagreed = 0
        /// Questions that became problems.
        public fileprivate(set) var kept = 0
        private var agreementSum = 0.0
        private var keptPathSum = 0

        /// The mean, over all questions that were voted on, of the share of paths that agree on the most frequent answer: 0 to 1; nil if there
        /// was no vote.
        public var meanAgreement: Double? {
            let votes = noAnswer + disagreed + kept
            return votes == 0 ? nil : agreementSum / Double(votes)
        }
        /// The mean number of distinct paths to the answer, over the questions that were kept; nil if none was.
        public var meanDistinctPaths: Double? { kept == 0 ? nil : Double(keptPathSum) / Double(kept) }

        fileprivate mutating func add(_ question: EvolvedQuestion) {
            asked += 1
            agreementSum += question.vote?.agreement ?? 0
            switch question.refusal?.kind {
            case .unreadable: unreadable += 1
            case .duplicate: duplicates += 1
            case .noAnswer: noAnswer += 1
            case .disagreed: disagreed += 1
            case nil:
                kept += 1
                keptPathSum += question.distinctPathCount
            }
        }
    }

    /// The counts of each strategy that was used.
    public private(set) var byStrategy: [EvolutionStrategy: Counts] = [:]
    /// The counts of all together.
    public private(set) var total = Counts()

    /// Counts questions.
    public init(_ questions: [EvolvedQuestion] = []) {
        for question in questions { add(question) }
    }

    /// Counts one more question.
    public mutating func add(_ question: EvolvedQuestion) {
        byStrategy[question.strategy, default: Counts()].add(question)
        total.add(question)
    }
}
