extension ClosedRange<Int> {
    /// The range directly above this one that holds twice as many: where a shift draws from if no dial says otherwise.
    var shifted: ClosedRange<Int> { (upperBound + 1)...(upperBound + 2 * count) }
}
