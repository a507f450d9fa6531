/// Reads sections by their tables of keys and collects every fault on the way.
struct RecipeReader {
    /// What the whole is called in messages.
    private let subject: String

    private(set) var faults: [RecipeFault] = []

    init(subject: String = "A recipe") { self.subject = subject }

    /// Notes a fault; the message goes on after the key's path.
    mutating func report(_ code: RecipeFault.Code, _ place: RecipePlace, _ path: [String], _ message: String) {
        let subject = path.isEmpty ? subject : path.joined(separator: ".")
        faults.append(RecipeFault(code: code, place: place, message: "\(subject) \(message)"))
    }

    /// Reads a plain value by its rule; nil, and a fault, where the rule is broken.
    mutating func value<Value: RecipeValue>(
        _ node: RecipeNode, _ path: [String], _ rule: Rule<Value>, hint: String
    ) -> Value? {
        if let value = Value(node), rule.holds(value) { return value }
        report(.badValue, node.place, path, "must be \(rule.phrase); got \(node.summary). \(hint)")
        return nil
    }

    /// Reads a section: each key by its own rule, then the rules between keys.
    mutating func section<Section: RecipeSection>(
        _ node: RecipeNode, _ path: [String], into section: inout Section
    ) {
        let faultsBefore = faults.count
        let keys = Section.keys
        let names = keys.map(\.name)
        // A key with nothing after it is a section of defaults, unless there is a choice to make.
        var entries: [RecipeNode.Entry] = []
        if case .mapping(let written) = node.content {
            entries = written
        } else if !node.isNull {
            let list = names.joined(separator: ", ")
            report(.badValue, node.place, path, "must be a section with keys among \(list); got \(node.summary).")
            return
        }
        for entry in entries {
            guard let key = keys.first(where: { $0.name == entry.key }) else {
                let remedy = Suggestion.sentence(for: entry.key, among: names)
                report(.unknownKey, entry.keyPlace, path, "has no key \(entry.key). \(remedy)")
                continue
            }
            key.read(entry.value, path + [key.name], &section, &self)
        }
        guard faults.count == faultsBefore else { return }
        if Section.choosesOneKey, entries.count != 1 {
            let got = entries.isEmpty ? "none" : entries.map(\.key).joined(separator: " and ")
            let list = names.joined(separator: ", ")
            report(.notOneChoice, node.place, path, "must have exactly one of the keys \(list); got \(got).")
            return
        }
        let mixed = Section.alternatives.compactMap { names in entries.first { names.contains($0.key) }?.key }
        if mixed.count > 1 {
            let sets = Section.alternatives.map { $0.joined(separator: ", ") }.joined(separator: ", or ")
            report(
                .notOneChoice, node.place, path,
                "must have only keys among \(sets); got \(mixed.joined(separator: " and ")).")
            return
        }
        for conflict in section.conflicts {
            report(.conflict, node.place(of: conflict.path), path + conflict.path, conflict.message)
        }
    }
}
