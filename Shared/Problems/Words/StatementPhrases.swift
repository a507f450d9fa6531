/// The phrases that the wordings of one statement are filled with.
struct StatementPhrases {
    let theme: Theme
    /// The quantity that is stated.
    let quantity: Quantity
    /// The quantity that it follows from; nil for a given value.
    let other: Quantity?
    /// The numbers of the relation, or the given value.
    let numbers: Relation.Numbers

    /// The phrase of a name; nil if there is none of it, or if it needs what this statement does not have.
    func phrase(_ name: Substring) -> String? {
        if name.hasPrefix("other-") {
            guard let other else { return nil }
            return name == "other-reference"
                ? other.reference(from: quantity) : Self.phrase(name.dropFirst(6), of: other)
        }
        return Self.phrase(name, of: quantity) ?? numberPhrase(name) ?? actorPhrase(name)
    }

    /// What a quantity says of itself.
    private static func phrase(_ name: Substring, of quantity: Quantity) -> String? {
        switch name {
        case "subject": quantity.subject.text
        case "verb": quantity.verbForm
        case "base": quantity.verb.base
        case "tail": quantity.tail
        case "doing": quantity.doing
        case "things": quantity.things
        case "units": quantity.unit.noun.many
        default: nil
        }
    }

    private func numberPhrase(_ name: Substring) -> String? {
        let (number, unit) = (numbers.number, quantity.unit)
        return switch name {
        case "number": "\(number)"
        case "count": unit.noun.count(number)
        case "more": unit.more(number)
        case "fewer": unit.fewer(number)
        case "extra": unit.extra(number)
        case "as-many": unit.asMany
        case "times": number == 2 ? "twice" : "\(number) times"
        case "part": numbers.divisor == 1 ? "\(number)%" : Self.fraction(number, over: numbers.divisor)
        case "containers": theme.container?.count(number)
        case "packs": theme.pack?.count(number)
        case "periods": theme.pace?.period.count(number)
        default: nil
        }
    }

    /// What is said of those who act, who are the people of the other quantity, and of the world.
    private func actorPhrase(_ name: Substring) -> String? {
        let subject = other?.subject
        return switch name {
        case "reference": other.map { quantity.reference(from: $0) }
        case "own-things": other?.ownThings
        case "pronoun": subject?.pronoun
        case "possessive": subject?.possessive
        case "together": subject?.together
        case "gain": theme.gain?.form(plural: subject?.isPlural ?? false)
        case "loss": theme.loss?.form(plural: subject?.isPlural ?? false)
        case "way": theme.pace?.name
        case "quality": theme.quality
        case "place": theme.place
        default: nil
        }
    }

    /// A fraction below one in words, `a third`, `two thirds`; for denominators from 2 to 10.
    static func fraction(_ numerator: Int, over denominator: Int) -> String {
        let names = ["half", "third", "quarter", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
        let numerals = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
        let name = names[denominator - 2]
        if denominator == 2 { return name }
        return numerator == 1 ? "\(denominator == 8 ? "an" : "a") \(name)" : "\(numerals[numerator - 1]) \(name)s"
    }
}
