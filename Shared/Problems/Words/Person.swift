/// Somebody whom a word problem is about.
///
/// There are more than the largest dials and three evolutions need. No name ends in s, so that a possessive needs no rule.
enum Person: String, Hashable, Sendable, CaseIterable {
    case ann = "Ann"
    case ben = "Ben"
    case cara = "Cara"
    case dan = "Dan"
    case eva = "Eva"
    case finn = "Finn"
    case gina = "Gina"
    case hugo = "Hugo"
    case ida = "Ida"
    case jack = "Jack"
    case kate = "Kate"
    case leo = "Leo"
    case mia = "Mia"
    case noah = "Noah"
    case olga = "Olga"
    case paul = "Paul"
    case rosa = "Rosa"
    case seth = "Seth"
    case tina = "Tina"
    case tom = "Tom"
    case victor = "Victor"
    case wendy = "Wendy"
    case yara = "Yara"
    case zack = "Zack"

    var name: String { rawValue }

    var isShe: Bool {
        [.ann, .cara, .eva, .gina, .ida, .kate, .mia, .olga, .rosa, .tina, .wendy, .yara].contains(self)
    }

    var pronoun: String { isShe ? "she" : "he" }

    var possessive: String { isShe ? "her" : "his" }
}
