/// Names of verifiers, each once.
public struct VerifierNames: Sendable, Equatable {
    /// The verifier that this project ships.
    public static let own = "exact"

    /// The names, in the order in which they are asked.
    public var names: [String]

    /// Lists names.
    public init(_ names: [String]) {
        self.names = names
    }
}

extension VerifierNames: RecipeValue {
    init?(_ node: RecipeNode) {
        guard case .list(let elements) = node.content else { return nil }
        self.init(elements.compactMap { String($0) })
        guard names.count == elements.count else { return nil }
    }

    var rendering: Rendering { .text("[\(names.joined(separator: ", "))]") }
}

extension Rule<VerifierNames> {
    /// One to eight different names.
    static var names: Rule {
        Rule(phrase: "a list of one to eight different names, each as a stage's name is") { value in
            (1...8).contains(value.names.count) && Set(value.names).count == value.names.count
                && value.names.allSatisfy(Rule<String>.name.holds)
        }
    }
}
