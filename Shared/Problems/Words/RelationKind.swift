/// How a quantity of a word problem follows from others; the cases are what the dial `relations` names.
public enum RelationKind: String, Sendable, CaseIterable {
    /// Somebody has a number more.
    case more
    /// Somebody has a number fewer.
    case fewer
    /// Somebody has a number of times as many.
    case times
    /// Somebody has a fraction as many, or a fraction of the things has a quality; it comes out whole.
    case fraction
    /// Somebody has some percent as many, or some percent of the things has a quality; it comes out whole.
    case percent
    /// What several have together.
    case total
    /// How many more one has than another; only ever the last relation.
    case difference
    /// The things are put into containers, equally many into each.
    case share
    /// Somebody gets some more.
    case gain
    /// Somebody loses some.
    case loss
    /// The things are sold, at a price each.
    case price
    /// A rate is kept up for a time.
    case rate
    /// Packs are filled with equally many things each.
    case groups
    /// A unit is converted, as hours to minutes; its factor is known and not stated.
    case conversion

    /// What a pupil would call the idea behind a relation. Combining concepts brings a new one.
    enum Concept: Hashable {
        case comparison, multiple, part, sum, sharing, change, money, rate, unit
    }

    var concept: Concept {
        switch self {
        case .more, .fewer: .comparison
        case .times: .multiple
        case .fraction, .percent: .part
        case .total, .difference: .sum
        case .share: .sharing
        case .gain, .loss: .change
        case .price: .money
        case .rate, .groups: .rate
        case .conversion: .unit
        }
    }

    /// Whether it may say how many somebody else has of the same.
    var compares: Bool { [.more, .fewer, .times, .fraction, .percent].contains(self) }

    /// Whether something is done with the things, or with their unit, and nobody else comes into it.
    var isAction: Bool { usesUp || [.rate, .groups, .conversion].contains(self) }

    /// Whether a sentence states it; the others are in the words of the quantities they give.
    var isStated: Bool { ![.total, .difference, .conversion].contains(self) }

    /// Whether the things are gone after it, so that nothing else can be done with them.
    var usesUp: Bool { [.share, .gain, .loss, .price].contains(self) }
}
