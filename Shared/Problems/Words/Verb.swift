/// What the subject of a quantity does with what is counted.
struct Verb: Hashable, Sendable {
    /// As one person does it: `picks`.
    let third: String
    /// As several do it, and after *does*: `pick`.
    let base: String
    /// What follows the thing counted, with a blank before it: ` left` in `has 5 apples left`.
    let particle: String

    init(_ third: String, _ base: String, particle: String = "") {
        self.third = third
        self.base = base
        self.particle = particle
    }

    /// The form that goes with a subject.
    func form(plural: Bool) -> String { plural ? base : third }

    static let earns = Verb("earns", "earn")
    static let packs = Verb("packs", "pack")
    static let holds = Verb("holds", "hold")
    static let hasLeft = Verb("has", "have", particle: " left")
    static let hasNow = Verb("has", "have", particle: " now")
    static let lives = Verb("lives", "live")
}
