/// What documents say about one key, whatever section it belongs to.
struct KeyDescription {
    let name: String
    let phrase: String
    let effect: String
    /// The default as YAML on one line; nil for a section, and for a key without one.
    let preset: String?
    let children: [KeyDescription]
}
