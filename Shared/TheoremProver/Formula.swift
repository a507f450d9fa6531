/// A statement about the integers of a theory, which holds or does not.
public indirect enum Formula: Hashable, Sendable {
    /// Both are the same integer.
    case equal(IntegerTerm, IntegerTerm)
    /// The first is less than the second.
    case less(IntegerTerm, IntegerTerm)
    /// The formula does not hold.
    case not(Formula)
    /// All hold; true if there are none.
    case all([Formula])
    /// At least one holds; false if there are none.
    case any([Formula])
}
