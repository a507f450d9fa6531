/// What a quantity counts.
struct Unit: Hashable, Sendable {
    /// The kind of unit: two of one kind can be converted.
    enum Kind: Hashable, Sendable {
        case percent, degree, radian
        /// Degrees of a scale of temperature.
        case temperature(String)
        /// Money of one currency.
        case money(String)
        /// A product of powers of length, mass and time.
        case physical(length: Int, mass: Int, time: Int)
        /// Things that are counted, by the words that name them.
        case things(Set<String>)
    }

    let kind: Kind
    /// How many of the kind's base unit it is.
    let factor: Rational

    init(_ kind: Kind, _ factor: Rational = 1) {
        self.kind = kind
        self.factor = factor
    }

    /// The unit of that name, or of a product such as `km/h` or `meters per second`; nil for another word.
    init?(named name: String) {
        let name = name.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
            .replacing(" per ", with: "/").replacing("/ ", with: "/").replacing(" /", with: "/")
        guard let unit = Self.simple(name) ?? Self.quotient(name) else { return nil }
        self = unit
    }

    /// Things by the words that name them, of which three letters and more count, without an s of the plural.
    init(things name: String) {
        let words = name.lowercased().split { !$0.isLetter }.filter { $0.count > 2 }.map(String.init)
        self.init(.things(Set(words.map { $0.hasSuffix("s") ? String($0.dropLast()) : $0 })))
    }

    /// Whether it is things that are counted.
    var isThings: Bool {
        if case .things = kind { true } else { false }
    }

    /// The unit to a power; nil if it has none.
    func raised(to power: Int) -> Unit? {
        guard case .physical(let length, let mass, let time) = kind, (1...3).contains(power) else { return nil }
        return Unit(
            .physical(length: length * power, mass: mass * power, time: time * power),
            factor.power(power, bitLimit: Limits.bits) ?? factor)
    }

    /// A unit of the table, or a power of one: `square meters`, `cubic cm`, `sq ft`, `meters squared`, `s^2`.
    private static func simple(_ name: String) -> Unit? {
        if let unit = named[name] { return unit }
        for (word, power) in [("square ", 2), ("sq ", 2), ("sq. ", 2), ("cubic ", 3), ("cu ", 3)]
        where name.hasPrefix(word) {
            return named[String(name.dropFirst(word.count))]?.raised(to: power)
        }
        for (word, power) in [(" squared", 2), (" cubed", 3), ("^2", 2), ("^3", 3)] where name.hasSuffix(word) {
            return named[String(name.dropLast(word.count))]?.raised(to: power)
        }
        return nil
    }

    private static func quotient(_ name: String) -> Unit? {
        let parts = name.split(separator: "/").map(String.init)
        guard parts.count == 2, let above = simple(parts[0]), let below = simple(parts[1]),
            case .physical(let length, let mass, let time) = above.kind,
            case .physical(let lowerLength, let lowerMass, let lowerTime) = below.kind,
            let factor = above.factor.dividing(by: below.factor)
        else { return nil }
        return Unit(
            .physical(length: length - lowerLength, mass: mass - lowerMass, time: time - lowerTime), factor)
    }

    // MARK: Names

    /// A quotient of two numbers of the table below, none of which is 0.
    private static func ratio(_ above: Int, _ below: Int) -> Rational { Rational(above, over: below) ?? 0 }

    private static func length(_ factor: Rational) -> Unit { Unit(.physical(length: 1, mass: 0, time: 0), factor) }
    private static func volume(_ factor: Rational) -> Unit { Unit(.physical(length: 3, mass: 0, time: 0), factor) }
    private static func mass(_ factor: Rational) -> Unit { Unit(.physical(length: 0, mass: 1, time: 0), factor) }
    private static func time(_ factor: Rational) -> Unit { Unit(.physical(length: 0, mass: 0, time: 1), factor) }
    private static func money(_ currency: String, _ factor: Rational = 1) -> Unit { Unit(.money(currency), factor) }

    /// Metres, kilograms and seconds are the base units. Customary units are the international ones of 1959, exactly.
    private static let named: [String: Unit] = {
        let units: [(String, Unit)] = [
            ("m meter meters metre metres", length(1)),
            ("cm centimeter centimeters centimetre centimetres", length(ratio(1, 100))),
            ("mm millimeter millimeters millimetre millimetres", length(ratio(1, 1000))),
            ("km kilometer kilometers kilometre kilometres", length(1000)),
            ("in inch inches", length(ratio(254, 10_000))),
            ("ft foot feet", length(ratio(3048, 10_000))), ("yd yard yards", length(ratio(9144, 10_000))),
            ("mi mile miles", length(ratio(1_609_344, 1000))),
            ("kg kilogram kilograms kilo kilos", mass(1)), ("g gram grams", mass(ratio(1, 1000))),
            ("mg milligram milligrams", mass(ratio(1, 1_000_000))),
            ("lb lbs pound pounds", mass(ratio(45_359_237, 100_000_000))),
            ("oz ounce ounces", mass(ratio(45_359_237, 1_600_000_000))), ("ton tons", Unit(things: "ton")),
            ("tonne tonnes", mass(1000)),
            ("s sec secs second seconds", time(1)), ("min mins minute minutes", time(60)),
            ("h hr hrs hour hours", time(3600)),
            ("day days", time(86_400)), ("week weeks", time(604_800)),
            ("ms millisecond milliseconds", time(ratio(1, 1000))),
            ("l liter liters litre litres", volume(ratio(1, 1000))),
            ("ml milliliter milliliters millilitre millilitres", volume(ratio(1, 1_000_000))),
            ("mph", Unit(.physical(length: 1, mass: 0, time: -1), ratio(1_609_344, 3_600_000))),
            ("kph kmh", Unit(.physical(length: 1, mass: 0, time: -1), ratio(1000, 3600))),
            ("$ dollar dollars usd buck bucks", money("$")), ("cent cents ¢", money("$", ratio(1, 100))),
            ("€ euro euros eur", money("€")), ("£ gbp", money("£")), ("¥ yen yuan", money("¥")),
            ("₹ rupee rupees rs", money("₹")),
            ("% percent pct percentage", Unit(.percent)), ("degree degrees deg °", Unit(.degree)),
            ("radian radians rad", Unit(.radian)),
        ]
        var named: [String: Unit] = [:]
        for (names, unit) in units {
            for name in names.split(separator: " ") { named[String(name)] = unit }
        }
        return named
    }()
}
