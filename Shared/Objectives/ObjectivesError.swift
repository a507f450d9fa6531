/// Why an objective could not be made from the numbers of a recipe.
public struct ObjectivesError: Error, Equatable, CustomStringConvertible {
    /// The kind of an `ObjectivesError`; kinds may be added.
    public struct Code: Hashable, Sendable {
        let name: String

        /// A coefficient is out of its range.
        public static let coefficientOutOfRange = Code(name: "coefficient out of range")
    }

    /// The kind of error.
    public let code: Code
    /// The rule, the value that broke it, and the remedy, as sentences.
    public let message: String

    /// The message.
    public var description: String { message }

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// Checks a coefficient that divides or scales and so must be above zero.
    static func check(positive value: Double, named name: String) throws(ObjectivesError) {
        guard value > 0, value.isFinite else {
            throw ObjectivesError(.coefficientOutOfRange, "The \(name) must be finite and above 0; got \(value).")
        }
    }

    /// Checks a coefficient that weighs a term and so must not be below zero.
    static func check(weight value: Double, named name: String) throws(ObjectivesError) {
        guard value >= 0, value.isFinite else {
            throw ObjectivesError(.coefficientOutOfRange, "The \(name) must be finite and 0 or more; got \(value).")
        }
    }
}
