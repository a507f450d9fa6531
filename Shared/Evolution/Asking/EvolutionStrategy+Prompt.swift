import Problems

extension EvolutionStrategy {
    /// What a model is told to make a new question of `question`: the strategy, one worked example, the question.
    ///
    /// It ends with a label, so that a model that only goes on with texts writes the new question, too.
    ///
    /// - Source: MuggleMath (arXiv 2310.05506) for the strategies and for the worked example; the words are ours. The paper asks for five new
    ///   questions, one by each strategy, in one reply.
    func prompt(for question: String) -> String {
        """
        You write mathematics problems. Make a new problem out of the one you are given: \(instruction) The new problem must make \
        sense, hold all that is needed to solve it, and have exactly one answer. Write only the new problem, as one paragraph, and \
        do not solve it.

        Problem: \(Self.exampleSeed)
        New problem: \(example)

        Problem: \(question.replacing("\n", with: " "))
        New problem:
        """
    }

    private var instruction: String {
        switch self {
        case .changeNumbers:
            "change its numbers, and leave what it tells and what it asks as it is."
        case .fractionsOrPercentages:
            "bring fractions or percentages into it."
        case .combineConcepts:
            "combine what it is about with another idea, such as time, money, speed, area or an average, so that both are needed."
        case .conditionalStatement:
            "put in a statement that says what happens if something is so, and what happens if not, on which the answer depends."
        case .moreComplex:
            "make it harder, so that more steps lead to the answer."
        }
    }

    private static let exampleSeed =
        "A baker fills 6 trays with 8 buns each and sells 31 of the buns. How many buns are left?"

    private var example: String {
        switch self {
        case .changeNumbers:
            "A baker fills 9 trays with 12 buns each and sells 75 of the buns. How many buns are left?"
        case .fractionsOrPercentages:
            "A baker fills 6 trays with 8 buns each and sells three quarters of the buns before noon. After noon she sells 25% of "
                + "those that were left. How many buns are left in the evening?"
        case .combineConcepts:
            "A baker fills 6 trays with 8 buns each, and each tray takes her 20 minutes. She sells 31 of the buns for 2 dollars each, "
                + "and the flour for a tray costs 3 dollars. How many dollars does she gain for each hour of her work?"
        case .conditionalStatement:
            "A baker fills 6 trays with 8 buns each and sells 31 of the buns. If more than 15 buns are left, she gives 9 of them to a "
                + "school; otherwise she keeps them all. How many buns does she keep?"
        case .moreComplex:
            "A baker fills 6 trays with 8 buns each and burns 5 of the buns. She sells 31 of the good ones before noon and half of "
                + "the rest after noon, and then bakes 2 trays more. How many buns does she have in the evening?"
        }
    }
}
