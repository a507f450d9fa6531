/// The queues of the hub.
public enum Queue: UInt32, Sendable, CaseIterable {
    case unspecified = 0, stages, orders, requests, rollouts, groups, experience
    /// Never leased: what other items refer to.
    case problems
}

/// What an item is for; it travels with every item.
public enum Purpose: UInt32, Sendable, CaseIterable {
    case unspecified = 0
    /// Decision points.
    case control
    case supervised, preference, evaluation
}

/// What the slots of a group are.
public enum GroupKind: UInt32, Sendable, CaseIterable {
    case unspecified = 0
    /// One slot: the run.
    case run
    /// Its slots are orders.
    case round
    /// Its slots are problems.
    case order
    /// Its slots are rollouts of one problem.
    case rollout
}

/// How a slot ended.
public enum End: UInt32, Sendable {
    case unspecified = 0, result, dropped, error
}

/// Why a rollout ended.
public enum FinishReason: UInt32, Sendable {
    case unspecified = 0, endOfSequence, length
}

/// The verifier's grade.
public enum Grade: UInt32, Sendable {
    case unspecified = 0, correct, incorrect, noAnswer
    /// Never a reward of 0: counted, and kept out of training.
    case gradingError
}

/// How the answer is found in a solution.
public enum AnswerRule: UInt32, Sendable {
    /// The integer on the last line of marks.
    case strict = 0
    /// Or, where there is none, the last number.
    case lastNumber
    /// On the last line of marks, in the last box, or behind the last "the answer is".
    case stated
    /// Or, where there is none, the last mathematics or number.
    case anywhere
}

/// How solutions are checked.
public enum SolutionCheck: UInt32, Sendable {
    /// By the final answer alone.
    case finalAnswer = 0
    /// As a derivation that uses each number of the question once.
    case puzzle
    /// As a path through the graph of the question.
    case path
    /// As columns of a table and a formula that gives the reference's outcomes.
    case formula
}

/// Which side of the walls between training and evaluation problems are on.
public enum Split: UInt32, Sendable, CaseIterable {
    /// May be trained on.
    case train = 0
    case test
    /// Larger numbers than any problem of `train` or `test`.
    case rangeShift
    /// Another number of parts.
    case formShift
}

/// Where the values of steps come from.
public enum ValueSource: UInt32, Sendable {
    /// From continuations.
    case sampled = 0
    /// From a search through all that can follow, for problems that have one.
    case exact
}

/// What an experience holds.
public enum ExperienceKind: UInt32, Sendable {
    case unspecified = 0
    /// Tokens, each with a weight.
    case weightedTokens
    /// A preferred and a rejected continuation of one context.
    case preferencePair
    /// Tokens, each with an advantage.
    case advantages
}
