/// Dials as a recipe writes them.
enum DialText {
    /// Reads a range from low to high, `2..4`, or one number.
    ///
    /// - Throws: `ProblemsError` with `unreadableDial`.
    static func range(_ text: String, _ key: String) throws(ProblemsError) -> ClosedRange<Int> {
        let bounds = text.split(separator: "..", omittingEmptySubsequences: false).map { Int($0) }
        if let low = bounds[0], let high = bounds.last ?? nil, bounds.count <= 2, low <= high { return low...high }
        throw ProblemsError(
            .unreadableDial,
            "The dial \(key) must be a range from low to high, for instance 2..4, or one number; got \"\(text)\".")
    }

    /// Reads one number.
    ///
    /// - Throws: `ProblemsError` with `unreadableDial`.
    static func number(_ text: String, _ key: String) throws(ProblemsError) -> Int {
        if let number = Int(text) { return number }
        throw ProblemsError(.unreadableDial, "The dial \(key) must be one number, for instance 4; got \"\(text)\".")
    }

    /// Reads some of the choices, joined by `+`, each once.
    ///
    /// - Throws: `ProblemsError` with `unreadableDial`.
    static func list<Choice: RawRepresentable<String> & CaseIterable & Hashable>(
        _ text: String, _ key: String
    ) throws(ProblemsError) -> [Choice] {
        let parts = text.split(separator: "+", omittingEmptySubsequences: false)
        let choices = parts.compactMap { Choice(rawValue: String($0)) }
        if choices.count == parts.count, Set(choices).count == choices.count { return choices }
        let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        throw ProblemsError(
            .unreadableDial,
            "The dial \(key) must be some of \(names), each once and joined by +; got \"\(text)\".")
    }

    /// Checks that a range lies within its limits.
    ///
    /// - Throws: `ProblemsError` with `impossibleDials`.
    static func check(_ range: ClosedRange<Int>, named name: String, within limits: ClosedRange<Int>)
        throws(ProblemsError)
    {
        guard limits.contains(range) else {
            throw ProblemsError(
                .impossibleDials, "The dial \(name) must lie within \(text(limits)); got \(text(range)).")
        }
    }

    /// Checks that a range lies above another one, so that nothing within it is within the other.
    ///
    /// - Throws: `ProblemsError` with `impossibleDials`.
    static func check(
        _ range: ClosedRange<Int>, named name: String, above other: ClosedRange<Int>, named otherName: String
    )
        throws(ProblemsError)
    {
        guard range.lowerBound > other.upperBound else {
            throw ProblemsError(
                .impossibleDials,
                "The dial \(name) must lie above \(otherName), so that no problem is of both; got \(text(range)) and "
                    + "\(text(other)). Move one of them.")
        }
    }

    /// Checks that two ranges have nothing in common.
    ///
    /// - Throws: `ProblemsError` with `impossibleDials`.
    static func check(
        _ range: ClosedRange<Int>, named name: String, apartFrom other: ClosedRange<Int>, named otherName: String
    ) throws(ProblemsError) {
        guard !range.overlaps(other) else {
            throw ProblemsError(
                .impossibleDials,
                "The dial \(name) must have no number of \(otherName), so that no problem is of both; got \(text(range)) and "
                    + "\(text(other)). Move one of them.")
        }
    }

    /// The error of a dial that a family does not have.
    static func unknown(_ key: String, of family: String, dials: [String]) -> ProblemsError {
        ProblemsError(
            .unknownDial,
            "A dial of \(family) must be one of: \(dials.sorted().joined(separator: ", ")); got \"\(key)\".")
    }
}

/// A range as a recipe writes it.
func text(_ range: ClosedRange<Int>) -> String { "\(range.lowerBound)..\(range.upperBound)" }
