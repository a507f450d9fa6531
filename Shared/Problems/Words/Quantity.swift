/// What a node of the graph stands for, in words: who does what with how many of which things.
///
/// No two quantities of a graph have the same words, so each can be named by them.
struct Quantity: Hashable, Sendable {
    let subject: Subject
    let verb: Verb
    let unit: Unit

    init(_ subject: Subject, _ verb: Verb, _ unit: Unit) {
        self.subject = subject
        self.verb = verb
        self.unit = unit
    }

    var verbForm: String { verb.form(plural: subject.isPlural) }

    /// What follows the thing counted: ` left`, ` an hour together`.
    var tail: String { verb.particle + unit.suffix + subject.together }

    /// `Ann has 5 apples left`, with the amount as given.
    func clause(_ amount: String) -> String { "\(subject.text) \(verbForm) \(amount)\(tail)" }

    /// `Ann has left`.
    var doing: String { "\(subject.text) \(verbForm)\(tail)" }

    /// `apples that Ann has left`.
    var things: String { "\(unit.noun.many) that \(doing)" }

    /// `apples that she has left`; of people only, in a sentence that names them first.
    var ownThings: String { "\(unit.noun.many) that \(subject.pronoun) \(verbForm)\(tail)" }

    /// What stands after *than* or *as* in a sentence about another quantity: `Ann`, or `Ann has left` where that sentence
    /// has another verb.
    func reference(from other: Quantity) -> String {
        other.verb == verb
            ? subject.text + subject.together
            : "\(subject.text) \(verbForm)\(verb.particle)\(subject.together)"
    }
}
