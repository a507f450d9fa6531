#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// log(sigma(x)) without overflow: for large negative x it is x itself, not the logarithm of a 0.
func logSigmoid(_ x: Double) -> Double {
    min(x, 0) - log1p(exp(-abs(x)))
}

/// sigma(x), exact to rounding at both ends.
func sigmoid(_ x: Double) -> Double {
    let small = exp(-abs(x))
    return x >= 0 ? 1 / (1 + small) : small / (1 + small)
}

/// e to the x.
func exponential(_ x: Double) -> Double { exp(x) }

/// e^x - 1 - x, which is never negative and keeps its precision near 0.
func exponentialExcess(_ x: Double) -> Double {
    // Below 1e-5 the subtraction would cancel; the series' next term is x^4/24.
    abs(x) < 1e-5 ? x * x * (0.5 + x / 6) : expm1(x) - x
}
