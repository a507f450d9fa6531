internal import Basics
internal import CKernels
internal import COpenBLAS

/// Names the code that this machine's numbers come from.
public enum Numerics {
    /// The matrix library's version and kernels, and the instruction set of the other loops, such as
    /// `openblas-0.3.21-SkylakeX/kernels-avx512`.
    ///
    /// Two processes of the same name compute the same log-probabilities to the bit from the same weights.
    public static let name: String = {
        let configuration = String(cString: openblas_get_config()).split(separator: " ")
        let version = configuration.count > 1 ? String(configuration[1]) : "unknown"
        let core = String(cString: openblas_get_corename())
        return "openblas-\(version)-\(core)/kernels-\(String(cString: ef_kernel_set()))"
    }()

    /// Whether a row of a matrix product has the same bits wherever it stands and however many rows there are: then,
    /// and only then, the log-probability recorded while decoding is the learner's to the bit. Tried on one product of
    /// a common size; false for OpenBLAS's AVX2 kernels.
    public static let rowsAgree: Bool = {
        guard Products.isSingleThreaded else { return false }
        let (inputs, outputs, rows) = (128, 128, 64)
        var generator = SeededGenerator(seed: 0, name: "rows agree")
        let x = (0..<(rows * inputs)).map { _ in generator.nextUnitFloat() - 0.5 }
        let weights = (0..<(outputs * inputs)).map { _ in generator.nextUnitFloat() - 0.5 }
        var all = [Float](repeating: 0, count: rows * outputs)
        Products.forward(&all, x, weights, rows: rows, inputs: inputs, outputs: outputs)
        for count in Products.minimumRows(columns: outputs)..<rows {
            let first = rows - count
            var some = [Float](repeating: 0, count: count * outputs)
            Products.forward(
                &some, Array(x[(first * inputs)...]), weights, rows: count, inputs: inputs, outputs: outputs)
            let pairs = zip(some, all[(first * outputs)...])
            guard pairs.allSatisfy({ $0.bitPattern == $1.bitPattern }) else { return false }
        }
        return true
    }()
}
