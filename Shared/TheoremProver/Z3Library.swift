#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// The few functions of Z3's C API that are used, found when the program runs, so that nothing is needed to build it.
///
/// - Source: `z3_api.h` of Z3 4.8.12; the signatures are the same in the releases since.
struct Z3Library: Sendable {
    /// `Z3_config` and `Z3_context`, which are pointers to what only Z3 knows.
    typealias Handle = OpaquePointer?
    /// `Z3_error_handler`; the code is a C enumeration of non-negative values.
    typealias ErrorHandler = @convention(c) (Handle, CUnsignedInt) -> Void

    /// `Z3_mk_config`
    private let makeConfiguration: @convention(c) @Sendable () -> Handle
    /// `Z3_del_config`
    private let deleteConfiguration: @convention(c) @Sendable (Handle) -> Void
    /// `Z3_mk_context`
    private let makeContext: @convention(c) @Sendable (Handle) -> Handle
    /// `Z3_del_context`
    let deleteContext: @convention(c) @Sendable (Handle) -> Void
    /// `Z3_set_error_handler`
    private let setErrorHandler: @convention(c) @Sendable (Handle, ErrorHandler?) -> Void
    /// `Z3_get_error_code`; 0 is `Z3_OK`.
    let errorCode: @convention(c) @Sendable (Handle) -> CUnsignedInt
    /// `Z3_eval_smtlib2_string`; the text it gives belongs to the context, and lives until the next call.
    let evaluate: @convention(c) @Sendable (Handle, UnsafePointer<CChar>) -> UnsafePointer<CChar>?

    /// Loads the first library of these names that there is. It stays loaded as long as the process lives, so the functions
    /// stay valid wherever they are kept.
    ///
    /// - Throws: `TheoremProverError` with `notInstalled` if there is none, or it lacks a function.
    init(names: [String]) throws(TheoremProverError) {
        guard let library = names.lazy.compactMap({ dlopen($0, RTLD_NOW | RTLD_LOCAL) }).first else {
            throw TheoremProverError(
                .notInstalled,
                "The theorem prover Z3 must be installed; none of \(names.joined(separator: ", ")) can be loaded. "
                    + Self.remedy)
        }
        makeConfiguration = try Self.function("Z3_mk_config", of: library)
        deleteConfiguration = try Self.function("Z3_del_config", of: library)
        makeContext = try Self.function("Z3_mk_context", of: library)
        deleteContext = try Self.function("Z3_del_context", of: library)
        setErrorHandler = try Self.function("Z3_set_error_handler", of: library)
        errorCode = try Self.function("Z3_get_error_code", of: library)
        evaluate = try Self.function("Z3_eval_smtlib2_string", of: library)
    }

    /// Makes a context, which `deleteContext` ends.
    ///
    /// - Throws: `TheoremProverError` with `failed` if Z3 makes none.
    func context() throws(TheoremProverError) -> OpaquePointer {
        let configuration = makeConfiguration()
        defer { deleteConfiguration(configuration) }
        guard let context = makeContext(configuration) else {
            throw TheoremProverError(.failed, "Z3 must make a context, and made none. Free some memory.")
        }
        // Z3's own handler may end the process. Who calls looks at the code of the error instead.
        setErrorHandler(context) { _, _ in }
        return context
    }

    #if os(macOS)
        static let remedy = "Install it: brew install z3."
    #else
        static let remedy = "Install it, on Debian and Ubuntu by: apt-get install libz3-4."
    #endif

    private static func function<Function>(
        _ name: String, of library: UnsafeMutableRawPointer
    ) throws(TheoremProverError) -> Function {
        guard let address = dlsym(library, name) else {
            throw TheoremProverError(
                .notInstalled, "Z3 must be of version 4.8.12 or newer; the one installed has no \(name). \(remedy)")
        }
        // `Function` is the type of a property above, a @convention(c) function, which Swift represents by its address
        // alone. `dlsym` gave the address of Z3's function of that name, whose C signature that type repeats.
        return unsafeBitCast(address, to: Function.self)
    }
}
