/// A mathematical expression as it was written, with its meaning and without its form: `\frac{a}{b}` and `a/b` are one.
indirect enum Expression: Hashable, Sendable {
    /// A rational number.
    case number(Rational)
    /// A variable, or a constant without a known value.
    case symbol(String)
    /// A constant with a known value.
    case constant(Constant)
    /// The sum of all, of which there are at least two.
    case sum([Expression])
    /// The product of all, of which there are at least two.
    case product([Expression])
    /// The first divided by the second.
    case quotient(Expression, Expression)
    /// The first to the power of the second.
    case power(Expression, Expression)
    /// The root of a degree of at least 2; the positive one, and for odd degrees the real one.
    case root(Expression, degree: Int)
    /// A function of its arguments.
    case function(Function, [Expression])

    /// A constant with a known value.
    enum Constant: String, Hashable, Sendable {
        case pi, e, i
        /// π / 180.
        case degree
        /// Beyond every number; it equals only itself.
        case infinity
    }

    /// A function that is known by its name.
    enum Function: String, Hashable, Sendable {
        case sin, cos, tan, cot, sec, csc, arcsin, arccos, arctan, sinh, cosh, tanh
        /// The natural logarithm.
        case ln
        /// The logarithm of the second argument to the base of the first.
        case log
        case absolute, floor, ceiling, factorial
        /// Of the first argument, as many as the second are chosen.
        case binomial
        case gcd, lcm, minimum, maximum
        /// The remainder of the first argument divided by the second.
        case modulo
    }

    static let zero = Expression.number(0)
    static let one = Expression.number(1)

    /// The expression with the other sign.
    var negated: Expression {
        if case .number(let value) = self { return .number(-value) }
        return .product([.number(-1), self])
    }
}
