/// Everything that is wrong with a recipe, found in one reading of it.
public struct RecipeError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The faults in the order of the file; never empty.
    public let faults: [RecipeFault]

    init(_ faults: [RecipeFault]) {
        precondition(!faults.isEmpty, "A recipe error must name at least one fault.")
        self.faults = faults
    }

    init(_ code: RecipeFault.Code, at place: RecipePlace, _ message: String) {
        self.init([RecipeFault(code: code, place: place, message: message)])
    }

    /// One line a fault.
    public var description: String { faults.map(\.description).joined(separator: "\n") }
}
