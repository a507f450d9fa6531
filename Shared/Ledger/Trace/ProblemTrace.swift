/// One problem's whole history.
public struct ProblemTrace: Sendable, Equatable, Codable {
    /// The problem's id.
    public var problem = ""
    /// What it is for.
    public var purpose = ""
    /// The recipe's stage and the stage's round.
    public var stage = 0
    /// The stage's round.
    public var round = 0
    /// The order that it came from.
    public var order = ""
    /// The question.
    public var question = ""
    /// The reference answer.
    public var referenceAnswer = ""
    /// The reference solution; empty where none is known.
    public var referenceSolution = ""
    /// What it was evolved from, the first one first; each with the strategy that made the next one.
    public var ancestry: [Ancestor] = []
    /// What was done for it, in the order of enqueueing: the order, requests, rollouts, groups and experience.
    public var items: [Item] = []
    /// How it ended; nil while it has not.
    public var outcome: Outcome?

    /// A problem that another one was evolved from.
    public struct Ancestor: Sendable, Equatable, Codable {
        /// The problem, as its source names it.
        public var key: String
        /// The strategy that made the next one of it.
        public var strategy: String
    }

    /// One item of the problem's history.
    public struct Item: Sendable, Equatable, Codable {
        /// The item's id.
        public var id = ""
        /// Its queue.
        public var queue = ""
        /// `ready`, `leased`, `done` or `dead`.
        public var state = ""
        /// The item whose completion made it.
        public var parent = ""
        /// When it was enqueued, in Unix milliseconds.
        public var enqueuedAt: Int64 = 0
        /// Who held it, in order.
        public var leases: [Lease] = []
        /// Requests: what was asked for.
        public var request: Request?
        /// Rollouts: what was sampled.
        public var rollout: Rollout?
        /// Rollouts: how they were graded; nil while they are not.
        public var verdict: Verdict?
        /// Groups: where the searches stood when the turn began.
        public var turn: Turn?
        /// Experience: what it is, and which checkpoint consumed it.
        public var experience: Experience?
        /// Whether its body was dropped when its stage was closed, and with it what would be told of it here.
        public var isDropped = false
    }

    /// One lease of an item.
    public struct Lease: Sendable, Equatable, Codable {
        /// Its id.
        public var id: Int64
        /// The worker's name.
        public var worker: String
        /// The worker's host.
        public var host: String
        /// When it began, in Unix milliseconds.
        public var grantedAt: Int64
        /// When it ended; nil while it is live.
        public var endedAt: Int64?
        /// `live`, `completed`, `failed`, `released` or `lost`.
        public var end: String
        /// Why, where it was not completed.
        public var reason: String
    }

    /// What a request asks for.
    public struct Request: Sendable, Equatable, Codable {
        /// How many rollouts.
        public var rollouts: Int
        /// The policy version; nil while `latest` is not fixed.
        public var policyVersion: UInt64?
        /// Continuations: the rollout that the prefix was cut from; empty for fresh rollouts.
        public var prefixRollout: String
        /// The steps of the prefix.
        public var prefixSteps: Int
    }

    /// What was sampled.
    public struct Rollout: Sendable, Equatable, Codable {
        /// The policy version that it was sampled from.
        public var policyVersion: UInt64
        /// Its steps: the lines of the solution.
        public var steps: [String]
        /// How many tokens were sampled.
        public var tokens: Int
        /// The sum of their log-probabilities.
        public var logProbability: Float
    }

    /// How a rollout was graded.
    public struct Verdict: Sendable, Equatable, Codable {
        /// `correct`, `incorrect`, `noAnswer`; `dropped` or `error` where it has no verdict; `handed on` to the next verifier of a panel.
        public var grade: String
        /// The answer that the verifier found.
        public var answer: String
        /// Why it was graded so.
        public var reason: String
        /// The first step, from 1, whose arithmetic does not hold; 0 if none was found.
        public var wrongStep = 0
        /// Where a panel graded it: what each verifier said, as `reader: correct`.
        public var panel: [String] = []
    }

    /// A turn of the advantage service.
    public struct Turn: Sendable, Equatable, Codable {
        /// 0 for the problem's own rollouts.
        public var turn: Int
        /// The searches for first pits before this turn's continuations are counted.
        public var searches: [Search]
        /// The rollouts of this turn.
        public var members: [String]
    }

    /// One search for a first pit.
    public struct Search: Sendable, Equatable, Codable {
        /// The incorrect rollout.
        public var rollout: String
        /// Continuations after step 1, 2, … that were graded.
        public var trials: [UInt32]
        /// How many of them are correct.
        public var successes: [UInt32]
        /// The step values Q after step 1, 2, …: the share of the trials that are correct; nil where there are none.
        public var values: [Float?]
        /// Continuations asked for in this turn.
        public var asked: Int
        /// The first pit, counted from 1, where values are exact; nil where it is searched for.
        public var exactPit: Int?
    }

    /// A training example.
    public struct Experience: Sendable, Equatable, Codable {
        /// `weightedTokens` or `preferencePair`.
        public var kind: String
        /// The checkpoint that consumed it; nil while none has.
        public var checkpoint: Int64?
        /// Its position in the checkpoint's order of training.
        public var position: Int64?
        /// The policy version that the checkpoint published; nil if it published none.
        public var published: Int64?
    }

    /// How the problem ended.
    public struct Outcome: Sendable, Equatable, Codable {
        /// `result`, `dropped` or `error`.
        public var end: String
        /// How many experience came of it.
        public var experience: Int
        /// Of its own rollouts.
        public var correct: Int
        /// Of its own rollouts.
        public var incorrect: Int
        /// First pits found.
        public var pits: Int
        /// Continuations sampled.
        public var continuations: Int
        /// Why there is no experience, or why it is an error.
        public var reason: String
    }
}
