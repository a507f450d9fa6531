/// One thing that is wrong with a recipe: where it was written, and a sentence that says the rule, the value and the remedy.
public struct RecipeFault: Sendable, Equatable, CustomStringConvertible {
    /// What kind of fault it is, for programs and tests.
    public enum Code: String, Sendable {
        /// The file cannot be read from disk.
        case unreadableFile
        /// The text is not YAML, or not one YAML document.
        case notYAML
        /// No key of this name stands in this section.
        case unknownKey
        /// The value has another type, or lies outside its range.
        case badValue
        /// A choice between keys was made twice, or not at all.
        case notOneChoice
        /// Two values that are each allowed contradict one another.
        case conflict
        /// A `--set` option is not of the form path=value, or names a list element that is not there.
        case badOverride
    }

    /// The kind of fault.
    public let code: Code

    /// The line of the file, or the `--set` option, that is to be changed.
    public let place: RecipePlace

    /// The sentence, without the place.
    public let message: String

    /// The place and the sentence, as a compiler would print them.
    public var description: String { "\(place): \(message)" }
}
