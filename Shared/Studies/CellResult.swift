public import Foundation

/// What one cell of a study came to: a line of its results.
public struct CellResult: Codable, Sendable, Equatable {
    /// The method's name.
    public var method: String
    /// Its number of problems.
    public var size: Int
    /// The run's seed.
    public var seed: UInt64
    /// The SHA-256 of the cell's recipe and of those that its model comes from, the first 16 hexadecimal digits: a line whose digest is
    /// not the study's is of another study.
    public var digest: String
    /// The evaluations of the run, in order.
    public var evaluations: [Evaluation]
    /// The policy version that counts.
    public var keptPolicyVersion: UInt64
    /// Rollouts and continuations that were sampled for training, with their tokens.
    public var rollouts: Count, continuations: Count
    /// Sequences that the weights were trained on, as often as they were.
    public var trained: Count
    /// Updates of the weights.
    public var updateCount: Int
    /// First pits found; where the method surveys values of steps, by the first half of the continuations.
    public var pitCount: Int
    /// Pits that were held against exact values, where there are some, or against the survey's other half, and those that are none.
    public var checkedPitCount: Int, falsePitCount: Int
    /// Steps of correct rollouts whose advantage is known, where the method surveys values of steps, and those of them that make no
    /// progress: of the policy that was sampled.
    public var correctStepCount: Int, spuriousStepCount: Int
    /// Problems sampled for training, and those of their rollouts that were correct and incorrect.
    public var problemCount: Int, correctCount: Int, incorrectCount: Int
    /// How far the form of solutions of test problems has moved from the policy it began with, and of what; nil where that one was not
    /// evaluated on the same problems.
    public var formatDrift: Double?, driftingAspect: String?
    /// The run's own time; nil for one that went on after it was stopped.
    public var seconds: Double?
    /// The machine.
    public var machine: String

    /// How many, and their tokens together.
    public struct Count: Codable, Sendable, Equatable {
        /// How many.
        public var count: Int
        /// Their tokens.
        public var tokens: Int

        /// Counts something.
        public init(count: Int = 0, tokens: Int = 0) {
            self.count = count
            self.tokens = tokens
        }
    }

    /// An evaluation of one policy version.
    public struct Evaluation: Codable, Sendable, Equatable {
        /// The stage's name.
        public var stage: String
        /// The split.
        public var split: String
        /// The policy version.
        public var policyVersion: UInt64
        /// How many problems.
        public var problemCount: Int
        /// How many were solved by their first rollout.
        public var solvedCount: Int
        /// A bit for each problem, the first the lowest of the first byte: whether its first rollout solves it.
        public var solved: Data
        /// Of how many problems the first rollout begins with the first step of the reference solution: where problems have one solution
        /// each, how often the first step is right.
        public var referenceFirstStepCount: Int
        /// Of puzzles: how many first rollouts have their first pit at step 1, 2 and so on, by exact values; empty for other problems.
        public var firstPitCounts: [Int]
        /// How many first rollouts have no answer that can be read; nil in lines from before it was counted.
        public var noAnswerCount: Int?
        /// Rollouts of each problem, and pass@k by k where there are several.
        public var rolloutCount: Int, passAtK: [Int: Double]

        /// Describes an evaluation.
        public init(
            stage: String, split: String, policyVersion: UInt64, solved: [Bool], referenceFirstStepCount: Int = 0,
            firstPitCounts: [Int] = [], noAnswerCount: Int? = nil, rolloutCount: Int = 1, passAtK: [Int: Double] = [:]
        ) {
            self.stage = stage
            self.split = split
            self.policyVersion = policyVersion
            problemCount = solved.count
            solvedCount = solved.count { $0 }
            self.referenceFirstStepCount = referenceFirstStepCount
            self.firstPitCounts = firstPitCounts
            self.noAnswerCount = noAnswerCount
            self.rolloutCount = rolloutCount
            self.passAtK = passAtK
            var bytes = [UInt8](repeating: 0, count: (solved.count + 7) / 8)
            for (index, isSolved) in solved.enumerated() where isSolved { bytes[index / 8] |= 1 << UInt8(index % 8) }
            self.solved = Data(bytes)
        }

        /// Whether each problem was solved.
        public var isSolved: [Bool] {
            let bytes = [UInt8](solved)
            return (0..<min(problemCount, bytes.count * 8)).map { bytes[$0 / 8] >> UInt8($0 % 8) & 1 == 1 }
        }

        /// The share of problems solved.
        public var accuracy: Double { problemCount == 0 ? 0 : Double(solvedCount) / Double(problemCount) }
    }

    /// Begins a line for a cell.
    public init(method: String, size: Int, seed: UInt64, digest: String, machine: String) {
        self.method = method
        self.size = size
        self.seed = seed
        self.digest = digest
        self.machine = machine
        evaluations = []
        keptPolicyVersion = 0
        (rollouts, continuations, trained) = (Count(), Count(), Count())
        (updateCount, pitCount, checkedPitCount, falsePitCount) = (0, 0, 0, 0)
        (problemCount, correctCount, incorrectCount, correctStepCount, spuriousStepCount) = (0, 0, 0, 0, 0)
    }

    /// The first evaluation of the policy version that counts on a split; nil if there is none.
    public func evaluation(on split: String) -> Evaluation? {
        evaluations.first { $0.split == split && $0.policyVersion == keptPolicyVersion }
    }
}

extension CellResult {
    /// Reads results, a line each. What follows the last line end was cut off while it was written, and is passed over.
    ///
    /// - Throws: `StudyError` that names the line which is none.
    public static func read(jsonLines: Data) throws -> [CellResult] {
        try jsonLines.prefix(wholeLinesLength(of: jsonLines)).split(separator: UInt8(ascii: "\n")).enumerated().map {
            index, line in
            do {
                return try JSONDecoder().decode(CellResult.self, from: Data(line))
            } catch {
                throw StudyError(
                    "A line of results is what a study wrote; line \(index + 1) is not: \(error). Remove it; the cell is measured again."
                )
            }
        }
    }

    /// How many bytes whole lines take.
    public static func wholeLinesLength(of jsonLines: Data) -> Int {
        jsonLines.lastIndex(of: UInt8(ascii: "\n")).map { $0 - jsonLines.startIndex + 1 } ?? 0
    }

    /// Its line, with its end.
    public var jsonLine: Data {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return try encoder.encode(self) + Data("\n".utf8)
        }
    }
}

/// Why a study's results cannot be used.
public struct StudyError: Error, Sendable, CustomStringConvertible {
    /// A sentence.
    public let description: String

    /// Says why.
    public init(_ description: String) { self.description = description }
}
