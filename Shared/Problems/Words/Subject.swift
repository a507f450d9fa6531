/// Who or what a quantity belongs to: one person, several together, or each of their containers.
struct Subject: Hashable, Sendable {
    let people: [Person]
    /// Nil for the people themselves; otherwise each of these that they have filled.
    let container: Noun?

    init(_ people: [Person], container: Noun? = nil) {
        self.people = people
        self.container = container
    }

    var isPlural: Bool { people.count > 1 && container == nil }

    /// `Ann`, `Ann, Ben and Cara`, or `each of Ann's baskets`.
    var text: String {
        let names = people.map(\.name)
        let listed = names.count < 2 ? names[0] : names.dropLast().joined(separator: ", ") + " and " + names.last!
        return container.map { "each of \(listed)'s \($0.many)" } ?? listed
    }

    /// `she`, `he` or `they`; of people only.
    var pronoun: String { people.count > 1 ? "they" : people[0].pronoun }

    /// `her`, `his` or `their`; of people only.
    var possessive: String { people.count > 1 ? "their" : people[0].possessive }

    /// Said after the verb, so that nobody takes the number to be that of each.
    var together: String { isPlural ? " together" : "" }
}
