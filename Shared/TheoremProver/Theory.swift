/// What a prover is told, to be asked about: a context of Z3, which is spoken to in SMT-LIB 2.6.
///
/// It cannot be copied, and is only lent, so one thread at a time uses it.
public struct Theory: ~Copyable {
    private let library: Z3Library
    private let context: OpaquePointer
    private let resourceLimit: UInt32

    /// Makes a context whose questions each end within the limit.
    ///
    /// - Parameter resourceLimit: in Z3's own unit of work, which knows no clock: a question ends alike on every machine.
    init(library: Z3Library, resourceLimit: UInt32) throws(TheoremProverError) {
        context = try library.context()
        self.library = library
        self.resourceLimit = resourceLimit
    }

    deinit { library.deleteContext(context) }

    /// Whether integers exist for which all that is given holds, and these suppositions with it.
    ///
    /// - Parameter suppositions: places in the list that the prover was told.
    /// - Throws: `TheoremProverError` with `undecided` if Z3 gives up.
    public func isSatisfiable(supposing suppositions: [Int]) throws(TheoremProverError) -> Bool {
        let names = suppositions.map { "p\($0)" }.joined(separator: " ")
        switch try run("(check-sat-assuming (\(names)))") {
        case "sat": return true
        case "unsat": return false
        case let answer:
            let reason = try run("(get-info :reason-unknown)")
            throw TheoremProverError(
                .undecided,
                "Z3 must decide within its resource limit; it says \(answer), \(reason). Use fewer or smaller integers."
            )
        }
    }

    /// Tells what there is, after `push`, so that `forget` takes it back.
    func tell(variables: Int, given: [Assertion], suppositions: [Assertion]) throws(TheoremProverError) {
        var commands = "(set-option :rlimit \(resourceLimit))(push)"
        for place in 0..<variables { commands += "(declare-const x\(place) Int)" }
        for assertion in given { commands += "(assert \(assertion.text))" }
        for (place, assertion) in suppositions.enumerated() {
            commands += "(declare-const p\(place) Bool)(assert (=> p\(place) \(assertion.text)))"
        }
        try run(commands)
    }

    /// Takes back what was told last.
    func forget() throws(TheoremProverError) { try run("(pop)") }

    /// Runs commands, and gives what they print, without the newline.
    @discardableResult private func run(_ commands: String) throws(TheoremProverError) -> String {
        // Copied at once, because the text lives until the next call only. None is given where the call failed.
        let printed = library.evaluate(context, commands).map { String(cString: $0) } ?? ""
        let code = library.errorCode(context)
        guard code == 0 else {
            throw TheoremProverError(
                .failed,
                "Z3 must take every command; of \(commands.prefix(200)) it says \(printed), code \(code). "
                    + "Declare every integer that an assertion has.")
        }
        return printed.hasSuffix("\n") ? String(printed.dropLast()) : printed
    }
}
