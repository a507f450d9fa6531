/// How operations are told. In a phrase `{a}`, `{b}` and `{c}` are the operands, `{n}` a count as words.
///
/// A phrase of several places begins with its own word wherever it may stand within others, so that a sentence can be
/// understood in one way only.
enum RequestPhrases {
    /// As a noun that may stand anywhere.
    static let nouns: [String: [String]] = [
        "+": ["the sum of {a} and {b}"],
        "-": ["the amount by which {a} exceeds {b}"],
        "*": ["the product of {a} and {b}"],
        "/": ["the ratio of {a} to {b}", "the quotient of {a} and {b}"],
        "MIN": ["the smaller of {a} and {b}", "the lesser of {a} and {b}"],
        "MAX": ["the larger of {a} and {b}", "the greater of {a} and {b}"],
        "ABS": ["the absolute value of {a}"],
        "ROUND": ["the value of {a} rounded to {n}"],
        "MOD": ["the remainder when {a} is divided by {b}"],
        "LEN": ["the length of {a}", "the number of characters in {a}"],
        "LEFT": ["the first {n} of {a}"],
        "RIGHT": ["the last {n} of {a}"],
        "UPPER": ["the upper case form of {a}"],
        "LOWER": ["the lower case form of {a}"],
        "&": ["the concatenation of {a} and {b}"],
        "SUM": ["the sum of all values of {a}", "the column total of {a}"],
        "AVERAGE": ["the average of all values of {a}", "the column average of {a}"],
    ]

    /// As a noun between two constants or columns.
    static let infixes: [String: [String]] = [
        "+": ["{a} plus {b}"], "-": ["{a} minus {b}"], "*": ["{a} times {b}"], "/": ["{a} divided by {b}"],
        "MOD": ["{a} modulo {b}"], "&": ["{a} followed by {b}"],
    ]

    /// As what is done first.
    static let starts: [String: [String]] = [
        "+": ["add {b} to {a}"], "-": ["subtract {b} from {a}"], "*": ["multiply {a} by {b}"],
        "/": ["divide {a} by {b}"],
    ]

    /// As what is done next with what there is so far, its left operand.
    static let follows: [String: [String]] = [
        "+": ["add {b}", "increase it by {b}"],
        "-": ["subtract {b}", "take away {b}"],
        "*": ["multiply by {b}", "multiply it by {b}"],
        "/": ["divide by {b}", "divide it by {b}"],
        "MIN": ["cap it at {b}"],
        "MAX": ["raise it to at least {b}"],
        "ABS": ["take its absolute value"],
        "ROUND": ["round it to {n}", "round to {n}"],
        "MOD": ["reduce it modulo {b}"],
        "LEN": ["count its characters"],
        "LEFT": ["keep its first {n}"],
        "RIGHT": ["keep its last {n}"],
        "UPPER": ["put it in upper case"],
        "LOWER": ["put it in lower case"],
        "&": ["append {b}"],
    ]

    /// As what is done next, where what there is so far is the right operand.
    static let turned: [String: [String]] = [
        "+": ["add {a}", "increase it by {a}"],
        "-": ["subtract it from {a}"],
        "*": ["multiply by {a}", "multiply it by {a}"],
        "/": ["divide {a} by it"],
        "MIN": ["cap it at {a}"],
        "MAX": ["raise it to at least {a}"],
        "&": ["put {a} in front of it"],
    ]

    /// As a condition that may stand within others.
    static let clauses: [String: [String]] = [
        "<": ["{a} is less than {b}", "{a} is below {b}"],
        ">": ["{a} is more than {b}", "{a} is above {b}"],
        "<=": ["{a} is at most {b}", "{a} is no more than {b}"],
        ">=": ["{a} is at least {b}", "{a} is no less than {b}"],
        "=": ["{a} equals {b}", "{a} is the same as {b}"],
        "<>": ["{a} differs from {b}", "{a} is other than {b}"],
        "AND": ["both {a} and {b}"],
        "OR": ["either {a} or {b}"],
        "NOT": ["it is not true that {a}"],
    ]

    /// As a condition that is within no other.
    static let outerClauses: [String: [String]] = [
        "AND": ["{a} and also {b}"], "OR": ["{a} or else {b}"],
    ]

    /// A choice; `{c}` is its condition.
    static let choices = ["if {c}, give {a}, otherwise {b}", "give {a} when {c}, and {b} otherwise"]

    /// A condition as what is asked for.
    static let verdicts = ["say whether {c}", "check whether {c}"]

    /// A noun as what is asked for.
    static let requests = ["take {a}", "give {a}", "compute {a}"]

    /// Fills the places of a phrase; what is filled in is not looked at again.
    static func fill(_ phrase: String, _ words: [String: String]) -> String {
        phrase.split(separator: "{", omittingEmptySubsequences: false).enumerated().map { index, part in
            guard index > 0, let end = part.firstIndex(of: "}") else { return String(part) }
            return (words[String(part[..<end])] ?? "") + part[part.index(after: end)...]
        }.joined()
    }
}
