/// Why an enclosure has no value under a function.
///
/// Each case carries the function's name and the argument that it failed at.
public enum EnclosureError: Error, Sendable {
    /// The function has no value at any number of the interval: a root of -1.
    case undefined(String, Enclosure)
    /// The interval touches a place where the function has no value or is unbounded, so nothing can be said: a quotient
    /// by a number that may be 0. The exact number may be elsewhere.
    case undecided(String, Enclosure)
    /// The argument or the result is larger or smaller than the context computes with.
    case tooLarge(String, Enclosure)
}

extension EnclosureError: CustomStringConvertible {
    /// The rule, the value and the remedy as a sentence.
    public var description: String {
        switch self {
        case .undefined(let function, let argument):
            "\(function) has no value at \(argument): correct the expression."
        case .undecided(let function, let argument):
            "\(function) may have no value at \(argument): a higher precision may tell."
        case .tooLarge(let function, let argument):
            "\(function) is computed to 2^±16777216, for angles to 2^32; \(argument) is beyond: compare exactly."
        }
    }
}
