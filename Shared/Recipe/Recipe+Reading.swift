import Foundation

extension Recipe {
    /// Reads a recipe from a file.
    ///
    /// - Parameter file: the path, which messages name as it is given.
    /// - Parameter overrides: `path=value` each, in order; a later one wins. An element of a list is named by its index
    ///   from 0, a stage also by its name, as in `stages.improve.beta=0.1`. The value is YAML.
    /// - Throws: every fault of the file and the overrides at once; only the first where the file cannot be read or is
    ///   not YAML.
    public init(contentsOf file: String, overrides: [String] = []) throws(RecipeError) {
        let text: String
        do {
            text = try String(contentsOfFile: file, encoding: .utf8)
        } catch {
            throw RecipeError(
                .unreadableFile, at: RecipePlace(source: file),
                "The recipe must be a readable file of UTF-8 text. Check the path and its permissions.")
        }
        try self.init(yaml: text, file: file, overrides: overrides)
    }

    /// Reads a recipe from its text; see `init(contentsOf:overrides:)`.
    ///
    /// - Parameter file: the name that messages give to the text.
    public init(yaml: String, file: String, overrides: [String] = []) throws(RecipeError) {
        var root = try RecipeNode(yaml: yaml, source: file, hasLines: true)
        var reader = RecipeReader()
        var badOverrides: [RecipeFault] = []
        for option in overrides {
            do {
                try Override(option).apply(to: &root)
            } catch {
                badOverrides += error.faults
            }
        }
        self.init()
        reader.section(root, [], into: &self)
        let faults = badOverrides + reader.faults
        if !faults.isEmpty { throw RecipeError(faults) }
    }
}
