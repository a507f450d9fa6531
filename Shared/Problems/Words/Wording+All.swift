/// The sentences there are. `{subject}`, `{verb}`, `{tail}`, `{doing}`, `{things}` and `{reference}` are those of the quantity that is
/// stated, with `other-` those of the one it follows from; `StatementPhrases` has all names.
extension Wording {
    static let given: [Wording] = [
        "{subject} {verb} {count}{tail}",
        "the number of {things} is {number}",
        "{place}, {subject} {verb} {count}{tail}",
    ]

    static let unrelated: [Wording] = [
        "{subject} lives in house number {number}",
        "the house number of {subject} is {number}",
        "{subject} has a locker with the number {number}",
    ]

    /// The wordings of a relation; the first begins with its subject, and so fits into a sentence with a condition.
    ///
    /// - Parameter ofPart: Whether a fraction or a percentage has a quality, and is not what somebody else has.
    static func all(_ kind: RelationKind, ofPart: Bool) -> [Wording] {
        switch kind {
        case .more:
            [
                "{subject} {verb} {more}{tail} than {other-reference}",
                "{other-subject} {other-verb} {fewer}{other-tail} than {reference}",
                "{subject} {verb} {as-many}{tail} as {other-reference} and {extra}",
            ]
        case .fewer:
            [
                "{subject} {verb} {fewer}{tail} than {other-reference}",
                "{other-subject} {other-verb} {more}{other-tail} than {reference}",
                "the number of {things} is {number} less than the number that {other-doing}",
            ]
        case .times:
            [
                "{subject} {verb} {times} {as-many}{tail} as {other-reference}",
                "the number of {things} is {times} the number that {other-doing}",
                "the number of {other-things}, multiplied by {number}, is the number that {doing}",
            ]
        case .fraction, .percent: ofPart ? part : portion
        case .share:
            [
                "{other-subject} [puts|put] the {own-things} equally into {containers}",
                "the {other-things} go equally into {containers}",
                "{other-subject} [divides|divide] the {own-things} equally among {containers}",
            ]
        case .gain:
            [
                "{other-subject} later {gain} {more}{together}",
                "after that, {other-subject} {gain} {more}{together}",
                "then {other-subject} {gain} {more}{together}",
            ]
        case .loss:
            [
                "{other-subject} {loss} {number} of the {own-things}",
                "of the {other-things}, {pronoun} {loss} {number}",
                "later, {other-subject} {loss} {number} of the {own-things}",
            ]
        case .price:
            [
                "{other-subject} [sells|sell] the {own-things} for {count} each",
                "each of the {other-things} is sold for {count}",
                "at {count} each, {other-subject} [sells|sell] all of the {own-things}",
            ]
        case .rate:
            [
                "{other-subject} [keeps|keep] up {possessive} {way} for {periods}",
                "{other-subject} [sticks|stick] to {possessive} {way} for {periods}",
                "for {periods}, {other-subject} [keeps|keep] to {possessive} {way}",
            ]
        case .groups:
            [
                "{other-subject} [fills|fill] {packs}",
                "{packs} are all that {other-subject} [fills|fill]",
                "there are {packs} for {other-subject} to fill",
            ]
        case .total, .difference, .conversion: []
        }
    }

    /// A part of somebody's things as much as somebody else has.
    private static let portion: [Wording] = [
        "{subject} {verb} {part} {as-many}{tail} as {other-reference}",
        "the number of {things} is {part} of the number that {other-doing}",
        "{part} of the number of {other-things} is the number that {doing}",
    ]

    /// A part of the things that has a quality.
    private static let part: [Wording] = [
        "{part} of the {other-things} are {quality}",
        "of the {other-things}, {part} are {quality}",
        "among the {other-things}, {part} are {quality}",
    ]

    static let conditional: [Wording] = [
        "if {condition}, {statement}; otherwise, {otherwise}",
        "{statement} if {condition}; otherwise, {otherwise}",
        "when {condition}, {statement}, and when not, {otherwise}",
    ]

    static let question: [Wording] = [
        "how many {units} [does|do] {subject} {base}{tail}?",
        "find the number of {things}.",
        "what is the number of {things}?",
    ]

    /// Here the quantities are the larger and, with `other-`, the smaller one.
    static let differenceQuestion: [Wording] = [
        "how many more {units} [does|do] {subject} {base}{tail} than {other-reference}?",
        "what is the difference between the number of {things} and the number that {other-doing}?",
        "by how much is the number of {things} greater than the number that {other-doing}?",
    ]
}
