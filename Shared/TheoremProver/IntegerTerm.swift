/// An integer of unbounded size, written with the integers of a theory.
public indirect enum IntegerTerm: Hashable, Sendable {
    /// A number.
    case number(Int)
    /// The integer of this place, from 0 on.
    case variable(Int)
    /// The sum; 0 if there are no terms.
    case sum([IntegerTerm])
    /// The first less the second.
    case difference(IntegerTerm, IntegerTerm)
    /// The product of both.
    case product(IntegerTerm, IntegerTerm)
    /// What is left of the term divided by the divisor: 0 or more, and less than the divisor, which must be at least 1.
    case remainder(IntegerTerm, divisor: Int)
}
