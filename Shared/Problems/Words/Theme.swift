/// The words for one world: what is done there with which things, and what else can be done with them.
///
/// What is nil does not happen in this world, and its relations are not used there. A class, because every graph holds one.
final class Theme: Sendable {
    /// A period over which things are done at a steady rate, and what keeping it up is called.
    struct Pace: Hashable, Sendable {
        let period: Noun
        /// `an` or `a`, as in `an hour`.
        let article: String
        let name: String
    }

    /// A unit of some things at a time.
    struct Bundle: Hashable, Sendable {
        let noun: Noun
        let size: Int
    }

    let place: String
    let verb: Verb
    let thing: Noun
    let quality: String?
    let container: Noun?
    let loss: Verb?
    let gain: Verb?
    let sells: Bool
    let pack: Noun?
    let pace: Pace?
    let bundle: Bundle?

    /// The units of this world; nil where it does not have what they are of.
    let things: Unit
    let qualified: Unit?
    let paced: Unit?
    let packed: Unit?
    let bundled: Unit?

    init(
        place: String, verb: Verb, thing: Noun, quality: String? = nil, container: Noun? = nil, loss: Verb? = nil,
        gain: Verb? = nil, sells: Bool = false, pack: Noun? = nil, pace: Pace? = nil, bundle: Bundle? = nil
    ) {
        self.place = place
        self.verb = verb
        self.thing = thing
        self.quality = quality
        self.container = container
        self.loss = loss
        self.gain = gain
        self.sells = sells
        self.pack = pack
        self.pace = pace
        self.bundle = bundle
        things = Unit(thing, kind: .things)
        qualified = quality.map { Unit(Noun("\($0) \(thing.one)", "\($0) \(thing.many)"), kind: .qualified) }
        paced = pace.map { Unit(thing, suffix: " \($0.article) \($0.period.one)", kind: .paced) }
        packed = pack.map { Unit(thing, suffix: " in each \($0.one)", kind: .packed) }
        bundled = bundle.map { Unit($0.noun, kind: .bundled) }
    }

    /// The verb by which somebody comes to have what is counted in a unit.
    func verb(for unit: Unit) -> Verb {
        switch unit.kind {
        case .money: .earns
        case .packed: .packs
        case .unrelated: .lives
        case .things, .qualified, .paced, .bundled: verb
        }
    }

    /// The quantity of a person in a unit.
    func quantity(of person: Person, in unit: Unit) -> Quantity { Quantity(Subject([person]), verb(for: unit), unit) }

    /// The quantity that a relation with no new person makes of another; nil if it cannot be used there.
    ///
    /// Fractions and percentages give the part that has the quality.
    func result(of kind: RelationKind, from quantity: Quantity) -> Quantity? {
        let (subject, unit) = (quantity.subject, quantity.unit)
        let hasThings = unit.kind == .things || unit.kind == .qualified
        let canAct = hasThings && subject.container == nil
        switch kind {
        case .fraction, .percent:
            return unit.kind == .things ? qualified.map { Quantity(subject, quantity.verb, $0) } : nil
        case .share:
            return canAct ? container.map { Quantity(Subject(subject.people, container: $0), .holds, unit) } : nil
        case .gain: return canAct && gain != nil && quantity.verb != .hasNow ? Quantity(subject, .hasNow, unit) : nil
        case .loss: return canAct && loss != nil && quantity.verb != .hasLeft ? Quantity(subject, .hasLeft, unit) : nil
        case .price: return canAct && sells ? Quantity(subject, .earns, .money) : nil
        case .rate: return unit.kind == .paced ? Quantity(subject, verb, things) : nil
        case .groups: return unit.kind == .packed ? Quantity(subject, .packs, things) : nil
        case .conversion: return unit.kind == .bundled ? Quantity(subject, quantity.verb, things) : nil
        case .more, .fewer, .times, .total, .difference: return nil
        }
    }
}

extension Theme: Hashable {
    static func == (left: Theme, right: Theme) -> Bool { left === right }

    func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
