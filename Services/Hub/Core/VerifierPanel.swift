import Wire

/// The verifiers of a run, and how what they say becomes one verdict.
public struct VerifierPanel: Sendable, Equatable {
    /// How several verdicts become one.
    public enum Rule: Sendable {
        /// The first one that is correct or incorrect.
        case firstThatDecides
        /// The one that all come to; a grading error where they differ.
        case allAgree
    }

    /// The verifiers by name, in the order in which they are asked.
    public let verifiers: [String]
    /// How several verdicts become one.
    public let rule: Rule

    /// Puts a panel together; by default it is the verifier that this project ships, alone.
    ///
    /// - Precondition: there is at least one verifier, and no name comes twice.
    public init(_ verifiers: [String] = ["exact"], rule: Rule = .firstThatDecides) {
        precondition(!verifiers.isEmpty && Set(verifiers).count == verifiers.count, "a panel of \(verifiers)")
        self.verifiers = verifiers
        self.rule = rule
    }

    /// The place of the verifier that a hello names, from 0; nil if it is none of the panel's.
    func place(of name: String) -> Int? { verifiers.firstIndex(of: name.isEmpty ? "exact" : name) }

    /// The verdict after what was said so far, in the order of the verifiers; nil if the next one is to be asked.
    func verdict(_ said: [Judgement]) -> Verdict? {
        guard let grade = grade(said) else { return nil }
        // What the first says that came to this grade, if one did.
        let speaker = said.first { $0.grade == grade } ?? said.last
        var verdict = Verdict(
            grade: grade, answer: speaker?.answer ?? "", reason: speaker?.reason ?? "",
            errorKind: speaker?.errorKind ?? "", wrongStep: said.map(\.wrongStep).first { $0 > 0 } ?? 0,
            judgements: said)
        if rule == .allAgree, grade == .gradingError, Set(said.map(\.grade)).count > 1 {
            verdict.reason = "The verifiers must agree: \(Self.told(said))."
            verdict.errorKind = "disagreement"
        }
        return verdict
    }

    private func grade(_ said: [Judgement]) -> Grade? {
        guard let last = said.last else { return nil }
        switch rule {
        case .firstThatDecides:
            if last.grade == .correct || last.grade == .incorrect { return last.grade }
            guard said.count >= verifiers.count else { return nil }
            return said.contains { $0.grade == .noAnswer } ? .noAnswer : .gradingError
        case .allAgree:
            if said.contains(where: { $0.grade != last.grade || $0.grade == .gradingError }) { return .gradingError }
            return said.count < verifiers.count ? nil : last.grade
        }
    }

    /// What was said, for people: "exact says correct, reader says incorrect".
    private static func told(_ said: [Judgement]) -> String {
        said.map { "\($0.verifier) says \($0.grade)\($0.reason.isEmpty ? "" : " (\($0.reason))")" }
            .joined(separator: ", ")
    }
}

extension Judgement {
    /// What a verifier said in its verdict.
    init(of verdict: Verdict, by verifier: String) {
        self.init(
            verifier: verifier, grade: verdict.grade, reason: verdict.reason, answer: verdict.answer,
            errorKind: verdict.errorKind, wrongStep: verdict.wrongStep)
    }
}
