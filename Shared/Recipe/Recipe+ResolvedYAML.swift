extension Recipe {
    /// The recipe as YAML with every default filled in and the keys in a fixed order: what a run stores and what its
    /// digest is taken of.
    ///
    /// Reading it gives an equal recipe. Equal recipes give equal text.
    public func resolvedYAML() -> String { rendering.lines.joined(separator: "\n") + "\n" }
}
