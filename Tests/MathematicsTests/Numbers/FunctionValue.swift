import BigInt
import Foundation
import Mathematics
import Testing

/// One of mpmath's values in Fixtures/function_values.json.
struct FunctionValue: Decodable, CustomTestStringConvertible {
    let function: String
    let parameter: Int?
    private let argument: String
    private let digits: String
    private let exponent: Int

    var testDescription: String { "\(function) \(parameter.map(String.init) ?? "") \(argument)" }

    var rationalArgument: Rational {
        get throws {
            let parts = argument.split(separator: "/").compactMap { BigInt($0) }
            try #require(parts.count == 2)
            return try #require(Rational(parts[0], over: parts[1]))
        }
    }

    /// The value to 120 digits.
    var reference: Rational {
        get throws {
            let integer = try #require(BigInt(digits))
            let power = BigInt(10).power(abs(exponent))
            return try #require(exponent < 0 ? Rational(integer, over: power) : Rational(integer * power))
        }
    }

    /// What the context makes of it.
    func value(in context: EnclosureContext) throws -> Enclosure {
        let argument = try context.enclosure(of: rationalArgument)
        return try context.value(of: function, parameter, at: argument)
    }

    static let all: [FunctionValue] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../Fixtures/function_values.json")
        do {
            return try JSONDecoder().decode([FunctionValue].self, from: Data(contentsOf: file))
        } catch {
            preconditionFailure("\(file.path) should hold what make_function_values.py writes: \(error)")
        }
    }()
}

extension EnclosureContext {
    /// A function by mpmath's name.
    func value(of function: String, _ parameter: Int? = nil, at argument: Enclosure) throws -> Enclosure {
        switch function {
        case "exp": try exp(argument)
        case "log": try log(argument)
        case "sin": try sin(argument)
        case "cos": try cos(argument)
        case "tan": try tan(argument)
        case "asin": try asin(argument)
        case "acos": try acos(argument)
        case "atan": try atan(argument)
        case "root": try root(#require(parameter), of: argument)
        case "power": try power(argument, #require(parameter))
        default: throw EnclosureError.undefined(function, argument)
        }
    }
}
