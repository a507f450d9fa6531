internal import CKernels

/// The engine's hot loops, compiled for one instruction set.
typealias Kernels = ef_kernels

extension ef_kernels {
    /// Those that this machine can run, the best first; the last is portable.
    ///
    /// `nonisolated(unsafe)`: constants of the C module, copied once and never written.
    nonisolated(unsafe) static let available: [Kernels] = {
        var sets: [Kernels] = []
        while let set = ef_kernel_set(sets.count) { sets.append(set.pointee) }
        return sets
    }()

    /// The best for this machine.
    static var best: Kernels { available[0] }

    /// Its name in reports: "avx512-bf16", "avx512", "avx2" or "portable".
    var label: String { String(cString: name) }
}
