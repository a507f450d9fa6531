/// The derivative of `function` by each element of `point`, by central differences.
///
/// With a step of 1e-5 the truncation error is about 1e-10 of the third derivative and the rounding error about 1e-11,
/// so agreement to 1e-8 is a real test in double precision.
func finiteDifferences(at point: [Double], of function: ([Double]) -> Double) -> [Double] {
    let step = 1e-5
    return point.indices.map { index in
        var (above, below) = (point, point)
        above[index] += step
        below[index] -= step
        return (function(above) - function(below)) / (2 * step)
    }
}

/// The largest distance between two lists of the same length.
func largestDifference(_ left: [Double], _ right: [Double]) -> Double {
    precondition(left.count == right.count, "lists of \(left.count) and \(right.count)")
    return zip(left, right).map { abs($0 - $1) }.max() ?? 0
}
