/// Why a family, a data set, a formula or an exact value could not be made.
public struct ProblemsError: Error, Equatable, CustomStringConvertible {
    /// The kind of a `ProblemsError`; kinds may be added.
    public struct Code: Hashable, Sendable {
        let name: String

        /// No family has this name.
        public static let unknownFamily = Code(name: "unknown family")
        /// The family has no dial of this name.
        public static let unknownDial = Code(name: "unknown dial")
        /// The text of a dial cannot be read.
        public static let unreadableDial = Code(name: "unreadable dial")
        /// The dials are out of range or contradict each other.
        public static let impossibleDials = Code(name: "impossible dials")
        /// The family does not have the split.
        public static let noSuchSplit = Code(name: "no such split")
        /// A library that the family needs is not installed.
        public static let missingLibrary = Code(name: "missing library")
        /// There are too many numbers for an exact search.
        public static let tooManyNumbers = Code(name: "too many numbers")
        /// The statements of a word problem contradict each other.
        static let contradictoryGraph = Code(name: "contradictory graph")
        /// The statements of a word problem do not determine a whole answer.
        static let openGraph = Code(name: "open graph")
        /// The text of a formula cannot be read.
        public static let unreadableFormula = Code(name: "unreadable formula")
        /// A formula uses a column that there is not.
        public static let unknownColumn = Code(name: "unknown column")
        /// A new column has the name of one that there is.
        public static let knownColumn = Code(name: "known column")
        /// The text of a data set cannot be read.
        public static let unreadableDataSet = Code(name: "unreadable data set")
        /// A line of a data set cannot hold the problem.
        public static let unwritableProblem = Code(name: "unwritable problem")
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
