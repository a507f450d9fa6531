/// Why credit could not be assigned from what came in.
public struct CreditError: Error, Equatable, CustomStringConvertible {
    /// The kind of a `CreditError`; kinds may be added.
    public struct Code: Hashable, Sendable {
        let name: String

        /// A setting of a search is out of its range.
        public static let settingOutOfRange = Code(name: "setting out of range")
        /// Counts contradict each other or the state they are to be added to.
        public static let contradictoryCounts = Code(name: "contradictory counts")
        /// The ends of steps do not divide the tokens.
        public static let misplacedStepEnds = Code(name: "misplaced step ends")
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
}
