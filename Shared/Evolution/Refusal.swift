/// Why an evolved question was not kept.
public enum Refusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// The reply holds no text but labels and announcements.
    case emptyReply
    /// The question holds control characters, or bytes that were no text.
    case damagedText
    /// The question is too long; both numbers count characters of Unicode.
    case tooLong(characters: Int, limit: Int)
    /// The question is its parent's, but for case, blanks and punctuation.
    case sameAsParent
    /// The text, which is given, asks nothing.
    case noQuestion(String)
    /// Another question is the same, or nearly so; `similarity` is within 0...1, 1 for the same words.
    case duplicate(of: String, in: QuestionOrigin, similarity: Double)
    /// No path states an answer that can be read.
    case noAnswer(paths: Int)
    /// Too few paths agree on the most frequent answer.
    case disagreement(votes: Int, paths: Int, minimumAgreement: Double)
    /// Another answer has as many votes as the most frequent one.
    case tie(votes: Int, paths: Int)

    /// The kind of a `Refusal`, by which refusals are counted.
    public enum Kind: String, Sendable, CaseIterable {
        /// There is no new question in the reply.
        case unreadable
        /// There is such a question already.
        case duplicate
        /// No path has an answer.
        case noAnswer = "no-answer"
        /// The paths do not agree.
        case disagreed
    }

    /// The kind of refusal.
    public var kind: Kind {
        switch self {
        case .emptyReply, .damagedText, .tooLong, .sameAsParent, .noQuestion: .unreadable
        case .duplicate: .duplicate
        case .noAnswer: .noAnswer
        case .disagreement, .tie: .disagreed
        }
    }

    /// The reason in a sentence.
    public var description: String {
        switch self {
        case .emptyReply: "The reply must hold a question; it holds none but labels."
        case .damagedText: "A question must be text; this one holds control characters or broken bytes."
        case .tooLong(let characters, let limit):
            "A question has at most \(limit) characters; this one has \(characters)."
        case .sameAsParent: "A new question must differ from its parent in more than case, blanks and punctuation."
        case .noQuestion(let text):
            "A question must ask something; got \"\(text.prefix(80))\"."
        case .duplicate(let other, let origin, let similarity):
            "A new question must be new; it is \(similarity == 1 ? "" : "nearly ")\(origin.words): \"\(other.prefix(80))\"."
        case .noAnswer(let paths): "The answer is voted on; none of \(paths) paths states one."
        case .disagreement(let votes, let paths, let minimum):
            "At least \(minimum) of the paths must agree on the answer; \(votes) of \(paths) do."
        case .tie(let votes, let paths):
            "One answer must have more votes than any other; two have \(votes) of \(paths)."
        }
    }
}

/// Where a question comes from that another one is compared with.
public enum QuestionOrigin: String, Sendable, CaseIterable {
    /// The data set that is evolved.
    case seed
    /// A question that was evolved before, whether it was kept or not.
    case evolved
    /// The problems that must stay unseen.
    case heldOut = "held-out"

    var words: String {
        switch self {
        case .seed: "a seed question"
        case .evolved: "a question that was evolved before"
        case .heldOut: "a question that is held out, whatever its numbers"
        }
    }
}
