/// What is left of the steps that one grading may take.
struct Work {
    private var steps = Limits.steps

    /// Takes steps off.
    ///
    /// - Throws: `GradingError` of kind `tooMuchWork` if there are fewer.
    mutating func spend(_ count: Int) throws(GradingError) {
        steps -= count
        guard steps >= 0 else {
            throw GradingError(
                .tooMuchWork,
                "A grading takes at most \(Limits.steps) steps; comparing these answers takes more. "
                    + "State the answer in a shorter form.")
        }
    }
}
