/// What a quantity counts.
///
/// Quantities are compared, added and taken from each other only within one unit.
struct Unit: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        /// The things of the theme.
        case things
        /// Those of them that have the theme's quality, `red apples`.
        case qualified
        /// Things in each period, `apples an hour`.
        case paced
        /// Things in each pack, `apples in each bag`; the only ones whose sum means nothing.
        case packed
        /// Some things at a time, `pairs of socks`.
        case bundled
        /// Dollars.
        case money
        /// A number that has nothing to do with the others.
        case unrelated
    }

    let noun: Noun
    /// What follows the verb's particle, with a blank before it: ` an hour`.
    let suffix: String
    let kind: Kind

    init(_ noun: Noun, suffix: String = "", kind: Kind) {
        self.noun = noun
        self.suffix = suffix
        self.kind = kind
    }

    /// `5 more apples`, but `5 dollars more`.
    func more(_ number: Int) -> String {
        kind == .money ? "\(noun.count(number)) more" : "\(number) more \(number == 1 ? noun.one : noun.many)"
    }

    /// `5 fewer apples`, but `5 dollars less`.
    func fewer(_ number: Int) -> String {
        kind == .money ? "\(noun.count(number)) less" : "\(number) fewer \(number == 1 ? noun.one : noun.many)"
    }

    /// `5 more`, after what is compared was named.
    func extra(_ number: Int) -> String { kind == .money ? "\(noun.count(number)) more" : "\(number) more" }

    /// `as many apples`, but `as much`.
    var asMany: String { kind == .money ? "as much" : "as many \(noun.many)" }

    static let money = Unit(Noun("dollar", "dollars"), kind: .money)
    static let unrelated = Unit(Noun("house number", "house numbers"), kind: .unrelated)
}
