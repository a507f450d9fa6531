/// A statement about the integers of a theory, which holds or does not.
public indirect enum Assertion: Hashable, Sendable {
    /// Both are the same integer.
    case equal(IntegerTerm, IntegerTerm)
    /// The first is less than the second.
    case less(IntegerTerm, IntegerTerm)
    /// The assertion does not hold.
    case not(Assertion)
    /// All hold; true if there are none.
    case all([Assertion])
    /// At least one holds; false if there are none.
    case any([Assertion])
}
