internal import Synchronization

/// Decides whether statements about integers can hold together, by Z3.
///
/// Z3 is loaded when a prover is made: nothing else needs it, to build or to run. What it is asked has yes or no for an answer,
/// so that nothing depends on its version. Threads may share a prover; one waits for the other.
public final class TheoremProver: Sendable {
    private let library: Z3Library
    private let resourceLimit: UInt32
    private let theory: Mutex<Theory>

    /// The names by which Z3's library is looked for, the first one first.
    public static var libraryNames: [String] {
        #if os(macOS)
            ["libz3.dylib", "/opt/homebrew/lib/libz3.dylib", "/usr/local/lib/libz3.dylib"]
        #else
            ["libz3.so.4", "libz3.so"]
        #endif
    }

    /// Whether Z3 can be loaded.
    public static var isInstalled: Bool { (try? Z3Library(names: libraryNames)) != nil }

    /// Loads Z3 and makes a context, which takes about 50 ms.
    ///
    /// - Parameter resourceLimit: the work that Z3 may do on one question, in its own unit, which knows no clock.
    /// - Throws: `TheoremProverError` with `notInstalled` if no library of these names can be loaded.
    public init(
        libraryNames: [String] = TheoremProver.libraryNames, resourceLimit: UInt32 = 20_000_000
    ) throws(TheoremProverError) {
        library = try Z3Library(names: libraryNames)
        self.resourceLimit = resourceLimit
        theory = Mutex(try Theory(library: library, resourceLimit: resourceLimit))
    }

    /// Tells the prover what is given and what may be supposed, and asks.
    ///
    /// - Parameters:
    ///   - variables: how many integers there are.
    ///   - given: what always holds.
    ///   - suppositions: what holds in a question that names it.
    ///   - ask: asks as many questions as it likes. It must not use this prover otherwise, or waits for ever.
    /// - Throws: what `ask` throws, and `TheoremProverError` with `failed` if Z3 refuses what it is told.
    public func examine<Answer: Sendable>(
        variables: Int, given: [Assertion], suppositions: [Assertion],
        _ ask: (borrowing Theory) throws(TheoremProverError) -> Answer
    ) throws(TheoremProverError) -> Answer {
        try theory.withLock { theory throws(TheoremProverError) in
            do throws(TheoremProverError) {
                try theory.tell(variables: variables, given: given, suppositions: suppositions)
                let answer = try ask(theory)
                try theory.forget()
                return answer
            } catch {
                // Nothing is known of a context after an error: another one is made.
                theory = try Theory(library: library, resourceLimit: resourceLimit)
                throw error
            }
        }
    }
}
