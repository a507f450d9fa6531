/// The machine's measured speed in matrix products, which is what the engine's own is compared with.
public enum ProductRate {
    /// The rows, columns and inner length of the product that is measured.
    public static let size = 1_024

    /// Floating-point operations a second of sgemm on that many threads at once, each with products of its own.
    ///
    /// - Parameters:
    ///   - threadCount: 1 or more.
    ///   - duration: about how long to measure; the best of the rounds that fit in it counts, at least one.
    public static func measure(threadCount: Int, for duration: Duration) -> Double {
        let pool = ThreadPool(threadCount: threadCount)
        let matrices = (0..<threadCount).map { _ in
            let (x, weights) = (FloatBuffer(count: size * size), FloatBuffer(count: size * size))
            // Ones and not zeros, so that no processor may take a shorter way.
            x.start.update(repeating: 1, count: x.count)
            weights.start.update(repeating: 1, count: weights.count)
            return (x: x, weights: weights, result: FloatBuffer(count: size * size))
        }
        let productsPerRound = 4
        func round() -> Duration {
            ContinuousClock().measure {
                pool.run(threadCount * productsPerRound) { _, worker in
                    let own = matrices[worker]
                    SmallProducts.multiply(
                        own.result.start, size, own.x.start, size, own.weights.start, size, rows: size, columns: size,
                        inner: size, transposesB: true)
                }
            }
        }
        // The first also brings the memory in.
        _ = round()
        let deadline = ContinuousClock.now + duration
        var best = round()
        while .now < deadline { best = min(best, round()) }
        let operations = 2 * Double(size * size * size) * Double(threadCount * productsPerRound)
        return operations / (Double(best.components.seconds) + Double(best.components.attoseconds) / 1e18)
    }
}
