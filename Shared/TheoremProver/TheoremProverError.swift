/// Why a theorem prover could not be had, or did not answer.
public struct TheoremProverError: Error, Equatable, CustomStringConvertible {
    /// The kind of a `TheoremProverError`; kinds may be added.
    public struct Code: Hashable, Sendable {
        let name: String

        /// The library of the prover is not on this machine, or is too old.
        public static let notInstalled = Code(name: "not installed")
        /// The prover gave up within its resource limit.
        public static let undecided = Code(name: "undecided")
        /// The prover refused what it was told.
        public static let failed = Code(name: "failed")
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
