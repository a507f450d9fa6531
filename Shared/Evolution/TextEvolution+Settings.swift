public import Mathematics
public import Problems

extension TextEvolution {
    /// What is asked, and what is kept. The defaults are ours.
    public struct Settings: Hashable, Sendable {
        /// The strategies, taken in turn over all questions that are asked for; at least one.
        public var strategies = EvolutionStrategy.allCases
        /// How many new questions are asked for of each parent, 1 or more. As many as there are strategies uses each once, as the paper does.
        public var questionsPerParent = EvolutionStrategy.allCases.count
        /// How many times the problems that were kept are evolved again, the first time included; 1 or more.
        public var generations = 1
        /// How many times each new question is solved, K; 1 or more.
        public var paths = 8
        /// How the answers of the paths are found.
        public var answers = AnswerRule.stated
        /// The least share of the K paths that must agree on the answer, above 0, at most 1.
        public var minimumAgreement = 0.5
        /// The least Jaccard similarity of two questions that count as one, above 0, at most 1.
        public var duplicateSimilarity = 0.8
        /// The longest question, in characters of Unicode; 1 or more.
        public var mostQuestionCharacters = 1_000
        /// The temperature that questions and solutions are sampled with, above 0.
        public var temperature = 0.7
        /// How many tokens a new question may have; 1 or more.
        public var questionTokens = 256
        /// How many tokens a solution may have; 1 or more.
        public var solutionTokens = 512
        /// The most requests that the model gets at once; 1 or more. What comes out does not depend on it.
        public var batch = 64
        /// The seed of all random numbers.
        public var seed: UInt64 = 0

        /// Settings with the defaults.
        public init() {}

        /// - Throws: `EvolutionError` with `settingOutOfRange` for the first setting that is.
        func validate() throws(EvolutionError) {
            guard !strategies.isEmpty else {
                throw EvolutionError(
                    .settingOutOfRange,
                    "Evolution needs at least one strategy; got none. Name one, or leave strategies out.")
            }
            let counts = [
                ("questionsPerParent", questionsPerParent), ("generations", generations), ("paths", paths),
                ("mostQuestionCharacters", mostQuestionCharacters), ("questionTokens", questionTokens),
                ("solutionTokens", solutionTokens), ("batch", batch),
            ]
            for (name, count) in counts where count < 1 {
                throw EvolutionError(
                    .settingOutOfRange, "\(name) must be at least 1; got \(count). Give a larger number.")
            }
            for (name, share) in [("minimumAgreement", minimumAgreement), ("duplicateSimilarity", duplicateSimilarity)]
            where !(share > 0 && share <= 1) {
                throw EvolutionError(
                    .settingOutOfRange, "\(name) must be above 0 and at most 1; got \(share). Give a share such as 0.5."
                )
            }
            guard temperature > 0, temperature.isFinite else {
                throw EvolutionError(
                    .settingOutOfRange,
                    "temperature must be above 0, or all paths are one; got \(temperature). Give one such as 0.7.")
            }
        }
    }
}
