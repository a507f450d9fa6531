@testable import Recipe

/// The part of `docs/recipes.md` that is written from the tables of keys.
enum KeyReference {
    static let begin = "<!-- keys: begin -->\n"
    static let end = "<!-- keys: end -->\n"

    /// One table for the keys of the recipe itself, and one for each section.
    static var markdown: String {
        table(title: "The recipe", Recipe.descriptions, path: "").joined(separator: "\n") + "\n"
    }

    private static func table(title: String, _ keys: [KeyDescription], path: String) -> [String] {
        let rows = keys.map { key in
            let rule = key.children.isEmpty ? key.phrase : "\(key.phrase), below"
            let preset = key.children.isEmpty ? key.preset.map { "`\($0)`" } ?? "" : ""
            return "| `\(key.name)` | \(rule) | \(preset) | \(key.effect) |"
        }
        let head = ["### \(title)", "", "| key | must be | default | effect |", "| --- | --- | --- | --- |"]
        let sections = keys.filter { !$0.children.isEmpty }.flatMap { key in
            let name = path + key.name
            return table(title: "`\(name)`", key.children, path: name + ".")
        }
        return head + rows + [""] + sections
    }
}
