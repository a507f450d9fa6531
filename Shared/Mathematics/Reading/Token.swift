/// A piece of an answer's text.
enum Token: Equatable {
    /// A number without a sign.
    case number(NumberLiteral)
    /// Letters in a row, as they were written.
    case letters(String)
    /// A LaTeX command, without its backslash.
    case command(String)
    /// The content of `\text{…}` and its like.
    case text(String)
    /// One character of `+-*/^_()[]{}|!%=<>,;:&'$#@~"?`.
    case mark(Character)
    /// `\\`, which ends a row.
    case row
}

/// A number as it was written: digits, perhaps in groups, perhaps with a point.
struct NumberLiteral: Equatable {
    /// Its value.
    let value: Rational
    /// How many digits were written, leading zeros among them.
    let digits: Int
    /// How many digits were written after the point; nil without a point.
    let decimals: Int?
}

/// A token, and whether there was a space before it.
struct PlacedToken: Equatable {
    let token: Token
    let isSpaced: Bool
}
