import BigInt

/// What the polynomials of a normal form are in.
indirect enum Atom: Hashable {
    /// A variable. Infinity is one, too.
    case symbol(String)
    case pi
    /// Euler's number.
    case e
    /// The imaginary unit; its square is -1.
    case i
    /// A prime, in powers between 0 and 1, or an integer that could not be factored and stands for one.
    case prime(BigInt, isProven: Bool)
    /// The natural logarithm of a prime.
    case logarithm(BigInt)
    /// A base to the power of a monomial: `2^n`, `e^x`, `x^y`. The base is the id of an atom.
    case power(base: Int, Monomial)
    /// The root of a degree of a polynomial that has no simpler form.
    case root(Polynomial, degree: Int)
    /// A base to a power of which nothing more is known.
    case anyPower(NormalForm, NormalForm)
    /// A function of arguments of which nothing more is known.
    case function(Expression.Function, [NormalForm])

    /// Whether it is independent over the rationals of all others that are, so that polynomials in such atoms are equal
    /// only if they are the same. For roots of primes that is Besicovitch's theorem (1940); that π, e and logarithms are
    /// independent of each other is generally believed, and not proven.
    var isIndependent: Bool {
        switch self {
        case .symbol, .pi, .e, .i, .logarithm: true
        case .prime(_, let isProven): isProven
        case .power, .root, .anyPower, .function: false
        }
    }
}

/// The atoms of one grading, by number.
struct AtomTable {
    private(set) var atoms: [Atom] = []
    private var ids: [Atom: Int] = [:]

    /// The number of an atom; the same one each time.
    mutating func id(of atom: Atom) -> Int {
        if let id = ids[atom] { return id }
        ids[atom] = atoms.count
        atoms.append(atom)
        return atoms.count - 1
    }

    /// The atom of a number.
    subscript(id: Int) -> Atom { atoms[id] }
}
